import type { Cases } from './case.mts';
import { deal } from './deal.mts';
import { lead } from './lead.mts';
import { note } from './note.mts';
import { record } from './record.mts';
import { currency, customField, crmModule, notificationChannel, organization, tax } from './settings.mts';

/** By resource. A new operation of the node needs a case here. */
export const cases: Record<string, Cases> = { currency, customField, deal, lead, module: crmModule, note, notificationChannel, organization, record, tax };
