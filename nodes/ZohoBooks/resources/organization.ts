import { organization as books } from '../../../zoho/books/organization';
import { listProperties } from '../../shared/listProperties';
import { callTo, listOf, recordOf, type BooksNodeResource } from '../resource';

/** The organizations of the connected user. Source: Books v3 "Organizations". */
export const organization: BooksNodeResource = {
	books,
	name: 'Organization',
	value: 'organization',
	operations: [
		{
			name: 'Get',
			value: 'get',
			description: 'Get the settings of the chosen organization',
			action: 'Get an organization',
			routing: callTo(books, 'GET', books.path, {
				// The chosen one, or the only one: the connection knows.
				answer: async (client, call, limit) => {
					const path = `${call.path}/${encodeURIComponent(client.connection.organizationId ?? '')}`;
					return await recordOf(books)(client, { ...call, path }, limit);
				},
			}),
		},
		{
			name: 'Get Many',
			value: 'getAll',
			description: 'Get the organizations that the connected user belongs to',
			action: 'Get many organizations',
			routing: listOf(books, books.path, { anyOrganization: true }),
		},
	],
	properties: listProperties('organization', ['getAll']),
};
