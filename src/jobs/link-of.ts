import { type LinkEvent, linkEvents } from '../engine/link-events.ts';
import { chooseTrail } from '../graph/choose-trail.ts';
import { checkDrafts } from '../linkers/check-drafts.ts';
import { builtinLinkers } from '../linkers/index.ts';
import type { Linker } from '../model/linker.ts';
import type { Target } from '../model/target.ts';

/** What makes the edges of a graph's events at a time; undefined where none are wanted. */
export async function linkOf(
  edges: { readonly linkers: readonly Linker[]; readonly trail?: string | undefined } | undefined,
  { links }: Pick<Target, 'links'>,
  startedAt: number,
): Promise<LinkEvent | undefined> {
  if (edges === undefined || links === undefined) return undefined;
  const now = new Date(startedAt).toISOString();
  const linkers = edges.linkers.map((linker) => (builtinLinkers.includes(linker) ? linker : checkDrafts(linker)));
  return linkEvents(linkers, { trail: await chooseTrail(links.trails, edges.trail, now), now });
}
