import type { INodeProperties } from 'n8n-workflow';
import { markLimit } from './common';

const showOnlyForLink = { operation: ['link'] };

export const linkProperties: INodeProperties[] = [
	{
		displayName:
			'Connect the output of the Zoho Books node (the contact or item as Books returned it) or the Unchanged output of Match. Only CRM records whose link or mark is not right yet are written and put out.',
		name: 'linkNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: showOnlyForLink },
	},
	{
		displayName: 'Match Result',
		name: 'match',
		type: 'json',
		default: '={{ $json.match }}',
		required: true,
		placeholder: "e.g. {{ $('Match Books contacts').item.json.match }}",
		description: 'What the operation Match put out under "match" for this item',
		displayOptions: { show: showOnlyForLink },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: showOnlyForLink },
		options: [
			markLimit,
		],
	},
];
