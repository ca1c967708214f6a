import type { INodeProperties } from 'n8n-workflow';

const displayOptions = { show: { operation: ['setAside', 'takeBack'] } };

export const setAsideProperties: INodeProperties[] = [
	{
		displayName: 'Run',
		name: 'run',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. first sync of Monday',
		description:
			'Name of the run that the executions belong to. The items are kept in the memory of this n8n process, for as long as the run goes on: whatever takes them back must be able to do without.',
		displayOptions,
	},
	{
		displayName: 'Batch',
		name: 'batch',
		type: 'string',
		default: '',
		placeholder: 'e.g. page 1',
		description: 'Name of these items within the run',
		displayOptions,
	},
];
