import type { CrmResource } from '../operation';
import { currency } from './currency';
import { customField } from './customField';
import { deal } from './deal';
import { lead } from './lead';
import { crmModule } from './module';
import { note } from './note';
import { notificationChannel } from './notificationChannel';
import { organization } from './organization';
import { record } from './record';
import { tax } from './tax';

/** All resources of the node, by name; a new one is a file and a line here. */
export const resources: CrmResource[] = [currency, customField, deal, lead, crmModule, note, notificationChannel, organization, record, tax];
