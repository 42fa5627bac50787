import type { Checkpoint } from '../model/checkpoint.ts';
import type { Entry } from '../model/entry.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import { inBatches } from './batches.ts';
import { canAppend } from './can-append.ts';
import { Gathering } from './gathering.ts';
import { throwIfInterrupted } from './interrupt.ts';
import { isAfter } from './key-order.ts';
import { ENTRIES_AT_ONCE } from './read-event.ts';
import { readingOf } from './reading-of.ts';
import type { RunEvent } from './run-event.ts';
import type { Workshop } from './workshop.ts';

/** What it takes to derive again what a checkpoint stands for. */
export type DerivingShop = Pick<Workshop, 'source' | 'openStaging' | 'openFlushes' | 'settings' | 'signal'>;

/** News of the reading, or entries. */
export type DerivedEvent = RunEvent | { readonly type: 'derived'; readonly entries: readonly Entry[] };

/** Keys that are wanted; all of them when undefined. */
export type WantedKeys = ReadonlySet<string> | undefined;

/**
 * Derives the entries again that a checkpoint stands for, in the order of their keys. Of a flush that was begun, keys
 * that are in have rows up to its end in them.
 */
export async function* derivedEntries(
  extractor: AnyExtractor,
  checkpoint: Checkpoint,
  shop: DerivingShop,
  wanted: WantedKeys,
): AsyncGenerator<DerivedEvent, void> {
  if (!canAppend(extractor, shop.source)) return yield* all(extractor, shop, wanted);
  const { foldedTo, unfinished } = checkpoint;
  if (unfinished?.kind === 'flush') {
    const { afterKey } = unfinished;
    yield* chosen(upTo(unfinished.upTo, extractor, shop, wanted), (key) => !isAfter(key, afterKey));
    yield* chosen(upTo(foldedTo, extractor, shop, wanted), (key) => isAfter(key, afterKey));
    return;
  }
  yield* upTo(foldedTo, extractor, shop, wanted);
}

async function* chosen(
  events: AsyncGenerator<DerivedEvent, void>,
  isChosen: (key: string) => boolean,
): AsyncGenerator<DerivedEvent, void> {
  for await (const event of events) {
    yield event.type === 'derived' ? { ...event, entries: event.entries.filter(({ key }) => isChosen(key)) } : event;
  }
}

/** The rows up to an id, as one flush. */
async function* upTo(
  last: bigint | undefined,
  extractor: AnyExtractor,
  shop: DerivingShop,
  wanted: WantedKeys,
): AsyncGenerator<DerivedEvent, void> {
  if (last === undefined) return;
  const reading = { ...readingOf(extractor, shop), range: { after: undefined, upTo: last } };
  const flushes = shop.openFlushes(extractor, reading, { everyMs: 0, afterKey: '', wanted });
  let read = 0;
  try {
    for await (const event of flushes.events()) {
      throwIfInterrupted(shop.signal);
      if (event.type === 'entries') yield { type: 'derived', entries: event.entries };
      if (event.type !== 'window') continue;
      read += event.rows;
      yield { type: 'window-read', extractor: extractor.name, read, progress: event.progress };
    }
  } finally {
    await flushes.close();
  }
}

/** All rows of a table that is read whole. */
async function* all(
  extractor: AnyExtractor,
  { source, openStaging, settings, signal }: DerivingShop,
  wanted: WantedKeys,
): AsyncGenerator<DerivedEvent, void> {
  const gathering = new Gathering(extractor, openStaging);
  try {
    const reader = source.openReader(readingOf(extractor, { settings }));
    for (const _rows of gathering.read(reader, { isKnown: false, wanted })) {
      throwIfInterrupted(signal);
      yield { type: 'window-read', extractor: extractor.name, read: gathering.rows, progress: reader.progress };
    }
    for (const entries of inBatches(gathering.entries(), ENTRIES_AT_ONCE)) yield { type: 'derived', entries };
  } finally {
    gathering.close();
  }
}
