/** The parameters that both trigger nodes have, and how the glue reads them. */

import type { INodeProperties } from 'n8n-workflow';
import { fromFunction, webhookDescriptionFields } from 'n8n-workflow';

import type { EventType } from './events';
import type { TriggerContext } from './keys';
import { parameter } from './keys';

export type DeliveryMode = 'webhookAndPolling' | 'webhook' | 'polling';

export interface TriggerSettings {
	events: EventType[];
	delivery: DeliveryMode;
	/** Milliseconds. */
	batchWindow: number;
	overlapSeconds: number;
	/** Milliseconds. */
	startLookBack: number;
	recordsPerPoll: number;
}

/** A webhook batch with this many records of one module or kind takes no more. n8n answers nobody while a node evaluates its expressions. */
export const batchLimit = 1_000;

interface Options {
	batchWindow?: number;
	overlap?: number;
	startLookBack?: number;
	recordsPerPoll?: number;
}

export function readSettings(context: TriggerContext): TriggerSettings {
	const options = parameter<Options>(context, 'options', {});
	return {
		events: parameter<EventType[]>(context, 'events', []),
		delivery: parameter<DeliveryMode>(context, 'delivery', 'webhookAndPolling'),
		batchWindow: atLeast(0, options.batchWindow, 15) * 1000,
		overlapSeconds: atLeast(1, options.overlap, 120),
		startLookBack: atLeast(0, options.startLookBack, 30) * 60_000,
		recordsPerPoll: atLeast(1, options.recordsPerPoll, 500),
	};
}

function atLeast(least: number, value: number | undefined, fallback: number): number {
	return typeof value === 'number' && Number.isFinite(value) ? Math.max(least, value) : fallback;
}

export const eventsProperty: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	options: [
		{ name: 'Created', value: 'created' },
		{ name: 'Deleted', value: 'deleted' },
		{ name: 'Updated', value: 'updated' },
	],
	default: ['created', 'updated'],
	required: true,
	description: 'Which changes start the workflow',
};

export const deliveryProperty: INodeProperties = {
	displayName: 'Delivery',
	name: 'delivery',
	type: 'options',
	options: [
		{
			name: 'Webhook and Polling',
			value: 'webhookAndPolling',
			description:
				'Zoho tells at once, and polling brings what a webhook missed and keeps the registration alive',
		},
		{
			name: 'Webhook Only',
			value: 'webhook',
			description: 'Polling only keeps the registration alive. A delivery that gets lost is lost.',
		},
		{
			name: 'Polling Only',
			value: 'polling',
			description:
				'Registers nothing in Zoho. For an n8n that Zoho cannot reach. A test run fetches the latest record.',
		},
	],
	default: 'webhookAndPolling',
	description: 'How changes reach the workflow',
};

export const commonOptions: INodeProperties[] = [
	{
		displayName: 'Batch Window (Seconds)',
		name: 'batchWindow',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 30 },
		default: 15,
		description:
			'How long deliveries are collected at most, to start one execution with all of them. It starts as soon as none has come for half a second. 0 starts an execution per delivery.',
	},
	{
		displayName: 'Look Back at Start (Minutes)',
		name: 'startLookBack',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 30,
		description:
			'How far behind the last record seen the first poll after a start of n8n goes, to repeat what was under way when n8n was stopped. Set it longer than your longest execution.',
	},
	{
		displayName: 'Overlap of Polls (Seconds)',
		name: 'overlap',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 120,
		description:
			'How far each poll looks behind the newest record seen, as Zoho may show a change late. Records already put out are left out.',
	},
	{
		displayName: 'Records per Poll',
		name: 'recordsPerPoll',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 500,
		description: 'Most records that one poll starts an execution with. Further ones wait for the next poll.',
	},
];

/**
 * No webhook at all for "polling only": n8n leaves one without a method out, and a test run then starts at once.
 * Declared through n8n's helpers, it is read without the expression engine, which n8n 2.41 does not always have at
 * hand while it registers the webhook and the poll of a workflow side by side ("No bridge acquired for this
 * context"). Older versions lack the helpers.
 */
export const webhookMethod: { httpMethod: string } =
	typeof webhookDescriptionFields === 'function'
		? webhookDescriptionFields({
				httpMethod: fromFunction(({ delivery }) => (delivery === 'polling' ? '' : 'POST')),
			})
		: { httpMethod: '={{ $parameter["delivery"] === "polling" ? "" : "POST" }}' };
