import { noted } from './documentCalls.mts';
import { below } from './documentRoutes.mts';
import { type BooksRoute, id, success } from './route.mts';

/** Books v3 "Write off invoice" and "Cancel write off". */
export const writeOffRoutes: readonly BooksRoute[] = [
	below('invoice', 'POST', '/writeoff', (call) => {
		noted(call, call.org.documents.writeOff(id(call)));
		return success({}, 'Invoice has been written off');
	}),
	below('invoice', 'POST', '/writeoff/cancel', (call) => {
		noted(call, call.org.documents.cancelWriteOff(id(call)));
		return success({}, 'The write off done for this invoice has been cancelled.');
	}),
];
