import { bankStatementRoutes } from './bankStatementRoutes.mts';
import { commentChangeRoutes } from './commentChangeRoutes.mts';
import { contactPartRoutes } from './contactPartRoutes.mts';
import { documentActionRoutes } from './documentActionRoutes.mts';
import { fileRoutes } from './fileRoutes.mts';
import { itemPortalRoutes } from './itemPortalRoutes.mts';
import { paperRoutes } from './paperRoutes.mts';
import { projectPartRoutes } from './projectPartRoutes.mts';
import { taxSettingRoutes } from './taxSettingRoutes.mts';
import { userRoutes } from './userRoutes.mts';
import type { BooksRoute } from './route.mts';

/** What belongs to records beside their fields and states. */
export const partRoutes: readonly BooksRoute[] = [
	...bankStatementRoutes,
	...commentChangeRoutes,
	...contactPartRoutes,
	...documentActionRoutes,
	...fileRoutes,
	...itemPortalRoutes,
	...paperRoutes,
	...projectPartRoutes,
	...taxSettingRoutes,
	...userRoutes,
];
