import type { Measure } from '../bench.mts';
import { booksToCrm } from './booksToCrm.mts';
import { echo } from './echo.mts';

/** In the order in which they run. */
export const measures: readonly Measure[] = [booksToCrm, echo];
