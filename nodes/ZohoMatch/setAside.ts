/** Operations Set Aside and Take Back: items that a later execution of the same run goes on with, kept as bytes outside of the heap. */

import { NodeOperationError, type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { leaveToRun, takeFromRun } from '../shared/runMemory';

/** One item that tells how many were set aside. Empty items, as *Always Output Data* makes them, are none. */
export function executeSetAside(context: IExecuteFunctions): INodeExecutionData[][] {
	const { run, key } = placeOf(context);
	const kept = context.getInputData().flatMap(({ json }) => (Object.keys(json).length > 0 ? [json] : []));
	leaveToRun(run, key, Buffer.from(JSON.stringify(kept)));
	return [[{ json: { set_aside: kept.length }, pairedItem: { item: 0 } }]];
}

/** Output 0: what was set aside, once. Output 1: the items as they came, when nothing was, or n8n has been started since. */
export async function executeTakeBack(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const { run, key } = placeOf(context);
	const kept = await takeFromRun<Buffer>(run, key);
	if (!kept) return [[], context.getInputData().map(({ json }, item) => ({ json, pairedItem: { item } }))];
	const items = JSON.parse(kept.toString()) as IDataObject[];
	return [items.map((json) => ({ json, pairedItem: { item: 0 } })), []];
}

function placeOf(context: IExecuteFunctions): { run: string; key: string } {
	const [run, batch] = ['run', 'batch'].map((name) => String(context.getNodeParameter(name, 0, '')).trim()) as [string, string];
	if (run === '') {
		throw new NodeOperationError(context.getNode(), 'The run has no name', {
			description: 'Enter a name that no other run has, such as {{ $execution.id }}: items of another run would be taken for those of this one.',
		});
	}
	return { run, key: `set aside ${batch}` };
}
