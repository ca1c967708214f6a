import type { CrmResource } from '../operation';
import { attachment } from './attachment';
import { compositeRequest } from './compositeRequest';
import { currency } from './currency';
import { customField } from './customField';
import { deal } from './deal';
import { field } from './field';
import { layout } from './layout';
import { lead } from './lead';
import { crmModule } from './module';
import { note } from './note';
import { notificationChannel } from './notificationChannel';
import { organization } from './organization';
import { record } from './record';
import { tag } from './tag';
import { tax } from './tax';
import { user } from './user';

/** All resources of the node, by name; a new one is a file and a line here. */
export const resources: CrmResource[] = [
	...[attachment, compositeRequest, currency, customField, deal, field, layout, lead, crmModule],
	...[note, notificationChannel, organization, record, tag, tax, user],
];
