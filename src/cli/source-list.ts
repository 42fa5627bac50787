import { isPattern } from '../jobs/find-sources.ts';
import type { Given } from './setting-layers.ts';

/** No path holds it, so it can stand between paths. */
const BETWEEN = '\0';

/** A flag for a source may be given more than once. */
export const collectSource = (path: string, before: string | undefined): string =>
  before === undefined ? path : joinSources([before, path]);

/** Several sources as the value of one setting. */
export const joinSources = (paths: readonly string[]): string => paths.join(BETWEEN);

/** The paths and patterns of the setting. */
export const sourcesIn = ({ value }: Given): readonly string[] => value.split(BETWEEN);

/** Whether a setting may mean more than one file, whatever there is today. */
export function namesSeveral(given: Given): boolean {
  const paths = sourcesIn(given);
  return paths.length > 1 || paths.some((path) => isPattern(path, given.folder));
}
