import { field, layout, user } from './account.mts';
import { attachment } from './attachment.mts';
import { bulk } from './bulk.mts';
import type { Cases } from './case.mts';
import { compositeRequest } from './compositeRequest.mts';
import { deal } from './deal.mts';
import { lead } from './lead.mts';
import { note } from './note.mts';
import { record } from './record.mts';
import { currency, customField, crmModule, notificationChannel, organization, tax } from './settings.mts';
import { tag } from './tag.mts';

/** By resource. A new operation of the node needs a case here. */
export const cases: Record<string, Cases> = {
	...{ attachment, compositeRequest, currency, customField, deal, field, layout, lead, module: crmModule },
	...{ note, notificationChannel, organization, record: { ...record, ...bulk }, tag, tax, user },
};
