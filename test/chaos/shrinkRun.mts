import type { StageOptions } from './stage.mts';
import type { ChaosScript } from './types.mts';

export async function shrinkAndKeep(
	_script: ChaosScript,
	_setting: Omit<StageOptions, 'name'>,
): Promise<void> {}
