import type { Scene } from './scene.mts';

/** One promise to the user and how it is put to the test: a file each in `steps/`. */
export interface Step {
	name: string;
	/** One plain sentence: what holds when the step is ok. */
	proves: string;
	/** What must be there before the sync starts for the first time. */
	before?(scene: Scene): void;
	/**
	 * Throws, in words that tell what was missing, when the promise is broken.
	 * May resolve with the place in the call log from which on the step's calls count; default: its start.
	 */
	run(scene: Scene): Promise<number | void>;
}
