import { type Checkpoint, checkpointName } from '../model/checkpoint.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import { joinKey, nodeId } from '../model/key.ts';
import type { EventLinks, LinkTarget, OwedLinks } from '../model/link-target.ts';
import type { LinkCounts } from '../model/linker.ts';
import { AUDIT_EVENT } from '../model/node.ts';
import type { Source } from '../model/source.ts';
import { foldOf } from './extractor-breach.ts';
import { throwIfInterrupted } from './interrupt.ts';
import type { LinkEvent } from './link-events.ts';
import { edgesOfNode } from './linking.ts';
import { toNode, writeContent } from './node-content.ts';
import { readingOf } from './reading-of.ts';
import type { Workshop } from './workshop.ts';

/** So many keys are looked for in one reading of the rows. */
const KEYS_AT_ONCE = 5000;

/** What it takes. */
export interface OwingShop extends Pick<Workshop, 'settings' | 'signal'> {
  readonly source: Source;
  readonly links: LinkTarget;
  readonly link: LinkEvent;
}

/**
 * Makes the edges that only rows can tell: those of events whose nodes name the first few of many things. Of such
 * events the rows up to the checkpoint, or all of a table that has no order to go on in, are read once more, each as if it
 * were all there is of its event. Gives what it made, window by window, and how far it is.
 */
export async function* payOwed(
  extractor: AnyExtractor,
  checkpoint: Pick<Checkpoint, 'foldedTo' | 'content'> | undefined,
  shop: OwingShop,
): AsyncGenerator<{ readonly counts: LinkCounts; readonly progress: number }, void> {
  const upTo = checkpoint?.foldedTo;
  for (let after = ''; ; ) {
    const owed = await shop.links.readOwed(extractor.prefix, after, KEYS_AT_ONCE);
    const last = owed.at(-1);
    if (last === undefined) return;
    yield* payKeys(extractor, owed, upTo, shop);
    await shop.links.settle(
      owed.map(({ key }) => key),
      { extractor: checkpointName(extractor), upTo, content: checkpoint?.content },
    );
    after = last.key;
  }
}

async function* payKeys(
  extractor: AnyExtractor,
  owed: readonly OwedLinks[],
  upTo: bigint | undefined,
  shop: OwingShop,
) {
  const keys = new Set(owed.map(({ key }) => key));
  const range = upTo === undefined ? undefined : { after: lowestOf(owed), upTo };
  const reader = shop.source.openReader({ ...readingOf(extractor, shop), range });
  for (;;) {
    const events = new Map<string, EventLinks>();
    const hasRead = reader.readWindow((rows) => {
      for (const draft of extractor.extract(rows)) {
        if ('skip' in draft || !('state' in draft)) continue;
        const key = joinKey(extractor.prefix, draft.key).toWellFormed();
        if (!keys.has(key)) continue;
        for (const event of eventsOf(extractor, key, draft, shop.link))
          events.set(event.links[0]?.edge.id ?? '', event);
      }
    });
    if (!hasRead) return;
    throwIfInterrupted(shop.signal);
    for (let rest = [...events.values()]; rest.length > 0; ) {
      const { events: done, counts } = await shop.links.link(rest);
      rest = rest.slice(done);
      yield { counts, progress: reader.progress };
    }
  }
}

/** Each edge of what one row says, alone. */
function* eventsOf(
  extractor: AnyExtractor,
  key: string,
  draft: { readonly key: readonly string[]; readonly state: unknown },
  link: LinkEvent,
): Generator<EventLinks> {
  const content = writeContent(extractor, key, foldOf(extractor).finish(draft.state, draft.key));
  const { links } = edgesOfNode(undefined, link, toNode(extractor, key, content), null);
  for (const one of links) yield { id: nodeId(AUDIT_EVENT, key), entry: undefined, links: [one], isCut: false };
}

/** Undefined where all rows of a key are owed. */
function lowestOf(owed: readonly OwedLinks[]): bigint | undefined {
  let lowest: bigint | undefined = owed[0]?.after;
  for (const { after } of owed) {
    if (after === undefined) return undefined;
    if (lowest === undefined || after < lowest) lowest = after;
  }
  return lowest;
}
