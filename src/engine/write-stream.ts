import type { Checkpoint } from '../model/checkpoint.ts';
import type { Entry } from '../model/entry.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { RowRange } from '../model/source.ts';
import { inBatches } from './batches.ts';
import type { FromCheckpoint } from './derivation.ts';
import { Gathering } from './gathering.ts';
import { throwIfInterrupted } from './interrupt.ts';
import { readingOf } from './prepare.ts';
import type { Flushed } from './read-flushes.ts';
import { type ReadingPart, readingParts } from './reading-parts.ts';
import type { RunEvent } from './run-event.ts';
import type { Tally } from './tally.ts';
import { foldEntries } from './to-entry.ts';
import type { Workshop } from './workshop.ts';
import { type Desk, write } from './write.ts';

/** A flush at least so often: a run that is killed while it reads loses no more than this. */
const FLUSH_EVERY_MS = 30_000;
const ENTRIES_AT_ONCE = 1000;

/** Reads new rows and writes them, flush by flush, each with a checkpoint that stands for it. */
export async function* writeStream(
  extractor: AnyExtractor,
  derivation: FromCheckpoint,
  workshop: Workshop,
  tally: Tally,
): AsyncGenerator<RunEvent, void> {
  const stream = new Stream({ extractor, workshop, tally, fold: foldEntries(extractor), touch: false }, derivation);
  for (const part of readingParts(derivation)) yield* stream.read(part);
  await stream.settleFirstRun();
}

class Stream {
  readonly #desk: Desk;
  #checkpoint: Checkpoint;
  #isStored: boolean;

  constructor(desk: Desk, { checkpoint, digest, firstRow }: FromCheckpoint) {
    this.#desk = desk;
    this.#isStored = checkpoint !== undefined;
    this.#checkpoint = {
      extractor: desk.extractor.name,
      table: desk.extractor.table,
      landmarks: { columns: [], rows: [] },
      counts: { rows: 0, nodes: 0, skipped: 0 },
      foldedTo: undefined,
      unfinished: undefined,
      content: undefined,
      ...checkpoint,
      digest,
      firstRow,
    };
  }

  async *read({ range, afterKey }: ReadingPart): AsyncGenerator<RunEvent, void> {
    if (range === undefined) return;
    if (afterKey !== undefined) return yield* this.#readBegun(range, afterKey);
    const { extractor, workshop, tally } = this.#desk;
    const pace = { upTo: range.upTo, everyMs: FLUSH_EVERY_MS };
    let held: readonly Entry[] = [];
    const reading = { ...readingOf(extractor, workshop), range };
    for await (const event of workshop.readFlushes(extractor, reading, pace)) {
      throwIfInterrupted(workshop.signal);
      if (event.type === 'window') {
        tally.countRows(event.rows);
        yield { type: 'window-read', extractor: extractor.name, read: tally.read, progress: event.progress };
      } else if (event.type === 'entries') {
        if (held.length > 0) yield* this.#writePart(held, event.upTo);
        held = event.entries;
      } else {
        yield* this.#writeLast(held, event);
        held = [];
      }
    }
  }

  /** A flush that was begun has to be ended as one, however large it is, so it is folded on disk. */
  async *#readBegun(range: RowRange, afterKey: string): AsyncGenerator<RunEvent, void> {
    const { extractor, workshop, tally } = this.#desk;
    const { upTo } = range;
    const gathering = new Gathering(extractor, workshop.openStaging);
    try {
      const reader = workshop.source.openReader({ ...readingOf(extractor, workshop), range });
      for (const rows of gathering.read(reader, { isKnown: false, afterKey })) {
        throwIfInterrupted(workshop.signal);
        tally.countRows(rows);
        yield { type: 'window-read', extractor: extractor.name, read: tally.read, progress: reader.progress };
      }
      let held: readonly Entry[] = [];
      for (const entries of inBatches(gathering.entries(), ENTRIES_AT_ONCE)) {
        if (held.length > 0) yield* this.#writePart(held, upTo);
        held = entries;
      }
      yield* this.#writeLast(held, { upTo, rows: gathering.rows, ...gathering.notFolded });
    } finally {
      gathering.close();
    }
  }

  /** A table without rows has its checkpoint too: what comes later is new. */
  async settleFirstRun(): Promise<void> {
    if (!this.#isStored) await this.#save(this.#checkpoint);
  }

  async *#writePart(entries: readonly Entry[], upTo: bigint): AsyncGenerator<RunEvent, void> {
    const landmarks = this.#landmarksAt(upTo);
    yield* this.#write(entries, (afterKey) => ({
      ...this.#checkpoint,
      landmarks,
      unfinished: { kind: 'flush', upTo, afterKey },
    }));
  }

  /** The last entries of a flush go in with the checkpoint that ends it. */
  async *#writeLast(entries: readonly Entry[], flushed: Flushed): AsyncGenerator<RunEvent, void> {
    const { upTo } = flushed;
    const { tally } = this.#desk;
    tally.countNotFolded(flushed);
    const landmarks = this.#landmarksAt(upTo);
    const counts = this.#checkpoint.counts;
    const settle = (): Checkpoint => ({
      ...this.#checkpoint,
      foldedTo: upTo,
      unfinished: undefined,
      landmarks,
      counts: { ...counts, rows: counts.rows + flushed.rows },
    });
    const last = entries.at(-1)?.key;
    yield* this.#write(entries, (afterKey) =>
      afterKey === last ? settle() : { ...this.#checkpoint, landmarks, unfinished: { kind: 'flush', upTo, afterKey } },
    );
    this.#checkpoint = settle();
    if (last === undefined) await this.#save(this.#checkpoint);
    this.#isStored = true;
  }

  #write(entries: readonly Entry[], checkpointAfter: (lastKey: string) => Checkpoint) {
    return write(this.#desk, { entries, progressAfter: () => 0, checkpointAfter });
  }

  async #save(checkpoint: Checkpoint): Promise<void> {
    await this.#desk.workshop.target.write({
      entries: [],
      fold: undefined,
      touch: false,
      checkpointAfter: () => checkpoint,
    });
  }

  #landmarksAt(upTo: bigint) {
    const { extractor, workshop } = this.#desk;
    return workshop.source.takeLandmarks(extractor.table, Object.keys(extractor.columns), upTo);
  }
}
