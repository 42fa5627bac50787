import type { AnyExtractor } from '../model/extractor.ts';
import { kindOf } from '../model/key.ts';
import { LinkTally } from '../model/link-tally.ts';
import type { EventLinks, LinkTarget, UnlinkedEvent } from '../model/link-target.ts';
import { throwIfInterrupted } from './interrupt.ts';
import type { LinkEvent } from './link-events.ts';
import { edgesOfNode } from './linking.ts';

const EVENTS_AT_ONCE = 1000;

/** What it takes to make the edges of events that are in the graph. */
export interface LinkStoredShop {
  readonly links: LinkTarget;
  readonly link: LinkEvent;
  /** By their prefixes, of no origin, it is known which lists of a node may be cut. */
  readonly extractors: readonly AnyExtractor[];
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}

/** Makes the edges of all recorded events that were written since theirs were made last. Yields how many it has looked at. */
export async function* linkStored(shop: LinkStoredShop, tally: LinkTally): AsyncGenerator<number, void> {
  let events = 0;
  for (let after = ''; ; ) {
    const page = await shop.links.readUnlinked(after, EVENTS_AT_ONCE);
    const last = page.at(-1);
    if (last === undefined) return;
    tally.add(await linkPage(page, shop));
    events += page.length;
    after = last.place;
    yield events;
    throwIfInterrupted(shop.signal);
  }
}

async function linkPage(page: readonly UnlinkedEvent[], { links, link, extractors, dryRun }: LinkStoredShop) {
  const tally = new LinkTally();
  let rest: readonly EventLinks[] = page.flatMap(({ id, entry, node, session }) => {
    if (node === undefined) {
      tally.missing(id);
      return [];
    }
    const extractor = extractors.find(({ prefix }) => prefix === kindOf(entry.key));
    return [{ id, entry, ...edgesOfNode(extractor, link, node, session) }];
  });
  if (dryRun) tally.add(await links.preview(rest));
  while (!dryRun && rest.length > 0) {
    const { events, counts } = await links.link(rest);
    tally.add(counts);
    rest = rest.slice(events);
  }
  return tally.counts();
}
