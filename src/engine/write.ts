import { actorOf } from '../model/actor.ts';
import type { Entry } from '../model/entry.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { Change } from '../model/node.ts';
import type { Batch, Written } from '../model/target.ts';
import { inBatches } from './batches.ts';
import { cleanChange } from './clean-change.ts';
import { throwIfInterrupted } from './interrupt.ts';
import { edgesOfNode } from './linking.ts';
import type { RunEvent } from './run-event.ts';
import type { Tally } from './tally.ts';
import type { Workshop } from './workshop.ts';

/** Where batches go, and what is made of them on the way. */
export interface Desk {
  readonly extractor: AnyExtractor;
  readonly workshop: Workshop;
  readonly tally: Tally;
  readonly fold: Batch['fold'];
  readonly touch: boolean;
  /** The rows above this one are those that are written; undefined for all rows. */
  readonly after: bigint | undefined;
}

/** What one stretch of entries is written with. */
export interface Stretch {
  readonly entries: Iterable<Entry>;
  /** The share of the extractor's work that is behind after so many entries, from 0 to 1. */
  readonly progressAfter: (entries: number) => number;
  /** The checkpoint that stands for the entries up to `lastKey`; undefined where it stays as it is. */
  readonly checkpointAfter: (lastKey: string, wrote: boolean) => ReturnType<Batch['checkpointAfter']>;
}

/** Writes entries, or, in a dry run, looks at what that would do, batch by batch. */
export async function* write(desk: Desk, stretch: Stretch): AsyncGenerator<RunEvent, void> {
  const { extractor, workshop, tally } = desk;
  let done = 0;
  for (const batch of inBatches(stretch.entries, workshop.batchSize, charactersOf)) {
    let rest = batch;
    while (rest.length > 0) {
      const written = await put(desk, rest, stretch);
      tally.countChanges(written.changes);
      tally.countDropped(written.dropped);
      tally.countLinks(written.links);
      done += written.entries;
      rest = rest.slice(written.entries);
      const changes = written.changes.map((change) => cleanChange(change, workshop.source.redactor));
      yield* told(extractor, changes, stretch.progressAfter(done));
      throwIfInterrupted(workshop.signal);
    }
  }
}

function put(desk: Desk, entries: readonly Entry[], stretch: Stretch): Promise<Written> {
  const { extractor, workshop, fold, touch, after } = desk;
  const { link } = workshop;
  const batch: Batch = {
    entries,
    actor: actorOf(extractor),
    fold,
    touch,
    linking: link && { after, edgesOf: (...of) => edgesOfNode(extractor, link, ...of) },
    checkpointAfter: (count, wrote) => {
      const last = entries[count - 1];
      return last && stretch.checkpointAfter(last.key, wrote);
    },
  };
  return workshop.dryRun ? workshop.target.preview(batch) : workshop.target.write(batch);
}

function* told({ name }: AnyExtractor, changes: readonly Change[], progress: number): Generator<RunEvent> {
  yield { type: 'batch-written', extractor: name, changes, progress };
}

function charactersOf({ node, state }: Entry): number {
  return node.properties.length + node.name.length + (state?.length ?? 0);
}
