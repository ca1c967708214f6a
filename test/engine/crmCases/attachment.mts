import { chosen, of } from '../crmSupport.mts';
import { line, oneContact, type Cases } from './case.mts';

const onContact = (id = '') => ({ ...of('Contacts'), ...chosen(id) });
const at = (value = '') => ({ __rl: true, mode: 'id', value });
const offer = Buffer.from('%PDF-1.7 offer');
const files = () => ({ data: { data: offer.toString('base64'), mimeType: 'application/pdf', fileName: 'offer.pdf' } });
const fields = 'File_Name,Size,Owner,Created_Time,Created_By,Modified_Time,Modified_By,Parent_Id';

/** A Contact with a file on it. */
const given: Cases[string]['given'] = async (crm) => {
	const { id } = await oneContact(crm);
	const { rows } = await crm.run({ resource: 'attachment', operation: 'upload', ...onContact(id) }, [{}], undefined, files());
	return { id, attachmentId: String(rows[0]?.id) };
};

export const attachment: Cases = {
	delete: {
		given,
		parameters: ({ id, attachmentId }) => ({ ...onContact(id), attachmentId: at(attachmentId) }),
		sends: ({ id, attachmentId }) => [[`DELETE /Contacts/${id}/Attachments/${attachmentId}`]],
		puts: ({ id, attachmentId }) => [{ id: attachmentId, module: 'Contacts', recordId: id, deleted: true }],
	},
	download: {
		given,
		parameters: ({ id, attachmentId }) => ({ ...onContact(id), attachmentId: at(attachmentId) }),
		sends: ({ id, attachmentId }) => [[`GET /Contacts/${id}/Attachments/${attachmentId}`]],
		puts: ({ id, attachmentId }) => [
			{ id: attachmentId, module: 'Contacts', recordId: id, fileName: 'offer.pdf', mimeType: 'application/pdf', size: offer.length },
		],
	},
	getAll: {
		given,
		parameters: ({ id }) => ({ ...onContact(id), limit: 5 }),
		sends: ({ id }) => [[line('GET', `/Contacts/${id}/Attachments`, { fields, page: 1, per_page: 5 })]],
		puts: ({ id, attachmentId }) => [{ id: attachmentId, File_Name: 'offer.pdf', Size: String(offer.length), Parent_Id: { id, name: 'Lee' }, $type: 'File' }],
	},
	upload: {
		given: oneContact,
		files,
		parameters: ({ id }) => ({ ...onContact(id) }),
		sends: ({ id }) => [[`POST /Contacts/${id}/Attachments`, { file: { name: 'offer.pdf', type: 'application/pdf', size: offer.length } }]],
		puts: ({ id }) => [{ module: 'Contacts', recordId: id, action: 'insert', fileName: 'offer.pdf', size: offer.length }],
	},
};
