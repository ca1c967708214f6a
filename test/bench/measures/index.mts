import type { Measure } from '../bench.mts';
import { backfill, backfillAgain } from './backfill.mts';
import { booksToCrm } from './booksToCrm.mts';
import { crmToBooks } from './crmToBooks.mts';
import { echo } from './echo.mts';
import { idle } from './idle.mts';
import { latency } from './latency.mts';
import { pacing } from './pacing.mts';
import { peerBackfill, peerBurst } from './peer.mts';
import { scale } from './scale.mts';

/** In the order in which they run, stage by stage. */
export const measures: readonly Measure[] = [
	booksToCrm,
	echo,
	latency,
	// It leaves executions behind that n8n never ends.
	peerBurst,
	crmToBooks,
	pacing,
	backfill,
	backfillAgain,
	peerBackfill,
	scale,
	idle,
];
