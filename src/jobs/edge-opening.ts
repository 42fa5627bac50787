import { linkersDigest } from '../engine/link-events.ts';
import type { EdgeOpening } from '../model/graph-opening.ts';
import type { EdgeSettings } from './extract.ts';

/** How a target is opened that is to take the edges of these linkers. */
export function edgeOpening({ linkers, trail }: EdgeSettings): EdgeOpening {
  return {
    linkers: linkersDigest(linkers, trail),
    types: [...new Set(linkers.map(({ edgeType }) => edgeType))],
  };
}
