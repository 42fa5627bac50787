import type { Checkpoint } from '../model/checkpoint.ts';

/**
 * Whether all that is recorded was derived as this run derives it. Else what no row gives may have its rows all the same,
 * which this run does not want.
 */
export function isReadAlike(checkpoint: Checkpoint | undefined, digest: string): boolean {
  if (checkpoint === undefined) return false;
  const { unfinished } = checkpoint;
  const begun = unfinished?.kind === 'rebuild' ? unfinished.digest : digest;
  return checkpoint.digest === digest && begun === digest;
}
