import { type BooksRoute, id, success } from './route.mts';

/** Items that customers see in the portal. Methods, paths and scopes after Zoho's OpenAPI file. */
export const itemPortalRoutes: readonly BooksRoute[] = (['addtoportal', 'removefromportal'] as const).map((way) => ({
	method: 'POST',
	path: `/items/{}/${way}`,
	scope: 'settings.CREATE',
	answer: (call) => {
		call.org.items.get(id(call));
		return success({}, `The item has been ${way === 'addtoportal' ? 'added to' : 'removed from'} the portal.`);
	},
}));
