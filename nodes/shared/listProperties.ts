import type { INodeProperties } from 'n8n-workflow';

/** Return All and Limit for the given resource and operations. */
export function listProperties(resource: string, operation: string[]): INodeProperties[] {
	const show = { resource: [resource], operation };
	return [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
			displayOptions: { show },
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			description: 'Max number of results to return',
			displayOptions: { show: { ...show, returnAll: [false] } },
		},
	];
}
