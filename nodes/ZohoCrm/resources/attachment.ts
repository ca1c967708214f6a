import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { ZohoClient } from '../../../zoho/client';
import { attachFile, attachLink, deleteAttachment, downloadAttachment, listAttachments, type AttachedTo } from '../../../zoho/crm/attachments';
import type { ZohoFile } from '../../../zoho/types';
import { moduleProperty } from '../../shared/crmModules';
import { inputFileField, outputFileField } from '../../shared/declarativeFiles';
import { listProperties } from '../../shared/listProperties';
import { limitOf, moduleOf, neededChoice, neededId, neededText, type CrmResource } from '../operation';
import { recordIdProperty, shownFor } from '../properties';

const resource = ['attachment'];
const show = shownFor('attachment');
const everywhere = show('delete', 'download', 'getAll', 'upload');

const attachedTo = (context: IExecuteFunctions, index: number): AttachedTo => ({
	module: moduleOf(context, index),
	recordId: neededId(context, index),
});
const idOf = (context: IExecuteFunctions, index: number) => neededChoice(context, 'attachmentId', 'Attachment', index);

/** The binary data that the item has in the named field. */
async function fileOf(context: IExecuteFunctions, index: number): Promise<ZohoFile> {
	const field = neededText(context, 'binaryPropertyName', 'Input Data Field Name', index);
	const { fileName = '', mimeType } = context.helpers.assertBinaryData(index, field);
	const name = String(context.getNodeParameter('fileName', index, '')).trim() || fileName || 'file';
	return { name, mimeType, content: await context.helpers.getBinaryDataBuffer(index, field) };
}

async function upload(context: IExecuteFunctions, client: ZohoClient, index: number): Promise<IDataObject[]> {
	const to = attachedTo(context, index);
	if (context.getNodeParameter('source', index, 'file') === 'link') {
		const link = neededText(context, 'link', 'Link', index);
		const details = await attachLink(client, to, link, String(context.getNodeParameter('title', index, '')).trim());
		return [{ ...(details as IDataObject), ...to, action: 'insert' }];
	}
	const file = await fileOf(context, index);
	const details = await attachFile(client, to, file);
	return [{ ...(details as IDataObject), ...to, action: 'insert', fileName: file.name, size: file.content.length }];
}

async function download(context: IExecuteFunctions, client: ZohoClient, index: number): Promise<INodeExecutionData[]> {
	const to = attachedTo(context, index);
	const id = idOf(context, index);
	const field = neededText(context, 'binaryPropertyName', 'Put Output File in Field', index);
	const { name, mimeType, content } = await downloadAttachment(client, to, id);
	const data = await context.helpers.prepareBinaryData(Buffer.from(content), name || id, mimeType || undefined);
	return [{ json: { id, ...to, fileName: name || id, mimeType: data.mimeType, size: content.length }, binary: { [field]: data } }];
}

/** Files and links on records. */
export const attachment: CrmResource = {
	name: 'Attachment',
	value: 'attachment',
	operations: [
		{
			name: 'Delete',
			value: 'delete',
			description: 'Take a file or link off a record',
			action: 'Delete an attachment',
			run: async (context, client, index) => {
				const to = attachedTo(context, index);
				const id = idOf(context, index);
				await deleteAttachment(client, to, id);
				return [{ id, ...to, deleted: true }];
			},
		},
		{
			name: 'Download',
			value: 'download',
			description: 'Get a file of a record as binary data. A link has no file: Get Many tells its address.',
			action: 'Download an attachment',
			runFiles: download,
		},
		{
			name: 'Get Many',
			value: 'getAll',
			description: 'Get the names and sizes of the files and links of a record, the newest first',
			action: 'Get many attachments',
			run: async (context, client, index) => (await listAttachments(client, attachedTo(context, index), limitOf(context, index))) as IDataObject[],
		},
		{
			name: 'Upload',
			value: 'upload',
			description: 'Put a file or a link on a record. Running it twice puts it there twice.',
			action: 'Upload an attachment',
			run: upload,
		},
	],
	properties: [
		{ ...moduleProperty, displayOptions: everywhere },
		{ ...recordIdProperty, displayOptions: everywhere },
		{
			displayName: 'Attachment',
			name: 'attachmentId',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			required: true,
			modes: [
				{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchAttachments', searchable: true } },
				{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 4876876000000240001' },
			],
			displayOptions: show('delete', 'download'),
		},
		{
			displayName: 'Source',
			name: 'source',
			type: 'options',
			options: [
				{ name: 'File', value: 'file', description: 'Binary data of the item' },
				{ name: 'Link', value: 'link', description: 'An address on the web; no file is sent' },
			],
			default: 'file',
			displayOptions: show('upload'),
		},
		{ ...inputFileField, displayOptions: { show: { resource, operation: ['upload'], source: ['file'] } } },
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. offer.pdf',
			description: 'What the file is called in Zoho CRM. Empty: as in the item.',
			displayOptions: { show: { resource, operation: ['upload'], source: ['file'] } },
		},
		{
			displayName: 'Link',
			name: 'link',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.com/offer.pdf',
			displayOptions: { show: { resource, operation: ['upload'], source: ['link'] } },
		},
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			description: 'What the link is called in Zoho CRM. Empty: the title of the page.',
			displayOptions: { show: { resource, operation: ['upload'], source: ['link'] } },
		},
		{ ...outputFileField, displayOptions: show('download') },
		...listProperties('attachment', ['getAll']),
	],
};
