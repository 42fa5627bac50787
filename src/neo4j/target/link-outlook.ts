import { LinkTally } from '../../model/link-tally.ts';
import type { Link, LinkCounts, LinkedEdges } from '../../model/linker.ts';
import type { Transaction } from '../transaction.ts';
import { findEnds, missingEnd } from './link-ends.ts';

/** How far the edges of an event are: all there, none to be made as the others lack an end, or some to be made. */
export type LinkState = 'made' | 'stuck' | 'open';

const NONE: ReadonlySet<string> = new Set();

/** Tells it of each event. */
export async function linkStates(tx: Transaction, events: readonly (readonly Link[])[]): Promise<readonly LinkState[]> {
  const { handles, edges } = await findEnds(tx, events.flat(), NONE);
  return events.map((links) => {
    const rest = links.filter(({ edge }) => !edges.has(edge.id));
    if (rest.length === 0) return 'made';
    return rest.every((link) => missingEnd(link, (id) => handles.has(id))) ? 'stuck' : 'open';
  });
}

/** What making edges would do; the entities that it would make are to be among the `foreseen` of the next question. */
export interface LinkPreview {
  readonly counts: LinkCounts;
  readonly entities: readonly string[];
}

/** Counts it. Each event is to be there by then. */
export async function previewLinks(
  tx: Transaction,
  events: readonly (LinkedEdges & { readonly id: string })[],
  foreseen: ReadonlySet<string>,
): Promise<LinkPreview> {
  const { handles, edges } = await findEnds(
    tx,
    events.flatMap(({ links }) => links),
    NONE,
  );
  const tally = new LinkTally();
  const seen = new Set(edges);
  const entities = new Set<string>();
  const isThere = (id: string) => handles.has(id) || foreseen.has(id) || entities.has(id);
  for (const { id: event, links, isCut } of events) {
    if (isCut) tally.cut();
    for (const link of links) {
      const { id, edgeType } = link.edge;
      if (seen.has(id)) {
        tally.unchanged(edgeType);
        continue;
      }
      const missing = missingEnd(link, (end) => end === event || isThere(end));
      if (missing !== undefined) {
        tally.missing(missing);
        continue;
      }
      for (const entity of link.entities.filter((one) => !isThere(one.id))) {
        entities.add(entity.id);
        tally.nodeInserted();
      }
      seen.add(id);
      tally.inserted(edgeType);
    }
  }
  return { counts: tally.counts(), entities: [...entities] };
}
