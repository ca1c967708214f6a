import { parseZohoTime } from '../../zoho/dates';
import { text } from '../../zoho/json';
import { connect } from '../shared/connection';
import { crmCredentialType } from '../shared/credentials';
import type { TriggerSystem } from '../shared/trigger/system';
import { channelCheckEvery, crmRegistration } from './channel';
import { readCrmNotification } from './notification';
import { fetchRecords } from './records';
import { deletedScan, latestRecord, modifiedScan } from './scan';
import { chosenModules, readCrmOptions } from './source';

/** Zoho CRM as a source of events. */
export const crmSystem: TriggerSystem = {
	idField: () => 'id',
	credentialType: (context) => crmCredentialType(context.getNode().parameters),
	connect: async (context) => await connect(context, 'crm'),
	read: readCrmNotification,
	registration: crmRegistration,
	registrationCheckEvery: channelCheckEvery,
	scans: (context, client) => {
		const { pollDeleted } = readCrmOptions(context);
		return chosenModules(context).flatMap((module) => [
			modifiedScan(client, module),
			...(pollDeleted ? [deletedScan(client, module)] : []),
		]);
	},
	fetch: fetchRecords,
	modified: (_context, record) => parseZohoTime(text(record.Modified_Time)),
	latest: async (context, client) => await latestRecord(client, chosenModules(context)),
};
