import type { INodeProperties } from 'n8n-workflow';

/** A record to write: a form or JSON, for the given operations. `description` is of the field that takes the JSON. */
export function inputProperties(resource: string, operation: string[], description: string): INodeProperties[] {
	const show = { resource: [resource], operation };
	return [
		{
			displayName: 'Input',
			name: 'inputMode',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Fields', value: 'fields', description: 'Fill in a form' },
				{ name: 'JSON', value: 'json', description: 'Give the record as one JSON object, for instance what Zoho Match put out' },
			],
			default: 'fields',
			displayOptions: { show },
		},
		{
			displayName: 'Record',
			name: 'record',
			type: 'json',
			default: '={{ $json.record }}',
			required: true,
			description,
			displayOptions: { show: { ...show, inputMode: ['json'] } },
		},
	];
}
