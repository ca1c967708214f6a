import type { INodeProperties } from 'n8n-workflow';

import { locator } from './locators';

/** Which contact, from the list or by id. */
export const contactIdProperty: INodeProperties = { ...locator('Contact', 'contactId', 'searchContacts'), required: true };
