/** Files of declarative operations: from the binary data of an item, and into that of one. */

import type { IExecuteSingleFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { ZohoClient } from '../../zoho/client';
import { refusal } from '../../zoho/errors';
import { text } from '../../zoho/json';
import type { ZohoCall } from '../../zoho/types';

const fileField = 'binaryPropertyName';

/** Where the item has the file that is sent. */
export const inputFileField: INodeProperties = {
	displayName: 'Input Data Field Name',
	name: fileField,
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the input field containing the binary file data to be sent',
};

/** Where the item gets the file that comes. */
export const outputFileField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: fileField,
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the output field to put the binary file data in',
};

const fieldOf = (context: IExecuteSingleFunctions): string => text(context.getNodeParameter(fileField, 'data')).trim() || 'data';

/** The call with the file of the item at hand, or told to bring one. @throws NodeOperationError when the item has no file there */
export async function withFile(
	context: IExecuteSingleFunctions,
	{ upload, download }: { upload?: string; download?: boolean },
	call: ZohoCall,
): Promise<ZohoCall> {
	if (download) return { ...call, wantsFile: true };
	if (upload === undefined) return call;
	const { fileName, mimeType } = context.helpers.assertBinaryData(fieldOf(context));
	const content = await context.helpers.getBinaryDataBuffer(fieldOf(context));
	return { ...call, file: { part: upload, name: fileName ?? 'file', mimeType, content } };
}

const endings: Record<string, string> = { 'application/pdf': '.pdf', 'image/jpeg': '.jpg', 'image/png': '.png', 'image/gif': '.gif' };

/** Gets the file and puts it out. @throws ZohoError, also when the answer has none */
export async function downloaded(context: IExecuteSingleFunctions, client: ZohoClient, call: ZohoCall): Promise<INodeExecutionData> {
	const { file } = await client.request(call);
	if (!file) throw refusal(call, 'no-file', 'Zoho has no file here', 'Look in Zoho whether the record has one.');
	// A record's own name where Zoho gives the file none.
	const name = file.name || (call.subject ?? 'file').replace(/[^\w-]+/g, '-') + (endings[file.mimeType] ?? '');
	const data = await context.helpers.prepareBinaryData(Buffer.from(file.content), name, file.mimeType || undefined);
	return { json: { fileName: name, mimeType: data.mimeType, size: file.content.length }, binary: { [fieldOf(context)]: data } };
}
