import type { Neighborhood } from '../model/neighborhood.ts';
import { cutsOf, sumLabel } from './node-label.ts';

/** What to do where a node has no edges: nobody may have made any yet. */
export const NO_EDGES =
  'The node has no edges: audit-extract link makes those of stored events, run --edges makes them with the events.';

/** What rows and pictures cannot say of a neighbourhood: rows not what they lack, neither why there is but one node. */
export function neighborhoodWarnings({ edges, more, limit }: Neighborhood, hasRows: boolean): readonly string[] {
  if (edges.length === 0 && more.length === 0) return [NO_EDGES];
  const { byLimit } = cutsOf(more);
  if (!hasRows || byLimit.length === 0) return [];
  return [`no room for ${sumLabel(byLimit)}: --limit is ${limit}`];
}
