import {
	Workflow,
	type ICredentialType,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INode,
	type INodeType,
} from 'n8n-workflow';

import { MemoryCredentials, type CredentialStore } from './memoryCredentials.mts';

/** The context in which n8n's server runs the methods behind dropdowns and forms. */
export function loadOptionsContext(
	nodeType: INodeType,
	parameters: IDataObject,
	credentials: CredentialStore,
	credentialTypes: ICredentialType[],
): ILoadOptionsFunctions {
	const { LoadOptionsContext } = require('n8n-core') as typeof import('n8n-core');
	const references = Object.entries(credentials).map(([id, { type }]) => [type, { id, name: id }]);
	const node = {
		id: 'n',
		name: 'Tested',
		type: 'tested',
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: Object.fromEntries(references) as INode['credentials'],
	} as INode;
	const nodeTypes = { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additional = { credentialsHelper: new MemoryCredentials(credentialTypes, credentials), currentNodeParameters: parameters };
	return new LoadOptionsContext(workflow, node, additional as never, '') as unknown as ILoadOptionsFunctions;
}
