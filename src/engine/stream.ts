import { actorOf } from '../model/actor.ts';
import { type Checkpoint, checkpointName } from '../model/checkpoint.ts';
import type { Entry } from '../model/entry.ts';
import type { FromCheckpoint } from './derivation.ts';
import type { FlushReading } from './flush-reading.ts';
import { throwIfInterrupted } from './interrupt.ts';
import type { Flushed } from './read-event.ts';
import { conditionOf, readingOf } from './reading-of.ts';
import { newParts, type RangePart } from './reading-parts.ts';
import type { RunEvent } from './run-event.ts';
import { type Desk, write } from './write.ts';

/** A flush at least so often: a run that is killed while it reads loses no more than this. */
const FLUSH_EVERY_MS = 30_000;

/** New rows on their way into the graph, flush by flush, each with a checkpoint that stands for it. */
export class Stream {
  readonly #desk: Desk;
  readonly #parts: readonly RangePart[];
  #begun: FlushReading | undefined;
  #checkpoint: Checkpoint;
  #isStored: boolean;

  /** Begins to read, where that can be done beside other work. */
  constructor(desk: Desk, derivation: FromCheckpoint) {
    const { checkpoint, digest, firstRow } = derivation;
    this.#desk = desk;
    this.#isStored = checkpoint !== undefined;
    this.#checkpoint = {
      extractor: checkpointName(desk.extractor),
      table: desk.extractor.table,
      landmarks: { columns: [], rows: [] },
      counts: { rows: 0, nodes: 0, skipped: 0 },
      earlier: [],
      foldedTo: undefined,
      unfinished: undefined,
      content: undefined,
      ...checkpoint,
      digest,
      rules: desk.workshop.source.redactor.rules,
      condition: conditionOf(desk.extractor, desk.workshop.settings),
      firstRow,
    };
    this.#parts = newParts(derivation);
    const [first] = this.#parts;
    this.#begun = first && this.#open(first);
  }

  /** Whether rows are being read in a thread beside this one. */
  get isReadBeside(): boolean {
    return this.#begun?.isBeside ?? false;
  }

  async *write(): AsyncGenerator<RunEvent, void> {
    for (const part of this.#parts) {
      this.#begun ??= this.#open(part);
      yield* this.#writeFlushes(this.#begun);
      await this.close();
    }
    if (!this.#isStored) await this.#settleEmpty();
  }

  async close(): Promise<void> {
    await this.#begun?.close();
    this.#begun = undefined;
  }

  #open({ range, afterKey }: RangePart): FlushReading {
    const { extractor, workshop } = this.#desk;
    const reading = { ...readingOf(extractor, workshop), range };
    return workshop.openFlushes(extractor, reading, { everyMs: FLUSH_EVERY_MS, afterKey });
  }

  async *#writeFlushes(reading: FlushReading): AsyncGenerator<RunEvent, void> {
    const { extractor, workshop, tally } = this.#desk;
    // The last entries wait for the end of the flush, whose checkpoint goes in with them.
    let held: Entry[] = [];
    for await (const event of reading.events()) {
      throwIfInterrupted(workshop.signal);
      if (event.type === 'window') {
        tally.countRows(event.rows);
        yield { type: 'window-read', extractor: extractor.name, read: tally.read, progress: event.progress };
      } else if (event.type === 'entries') {
        held.push(...event.entries);
        while (held.length > workshop.batchSize) {
          yield* this.#writePart(held.splice(0, workshop.batchSize), event.upTo);
        }
      } else {
        yield* this.#writeLast(held, event);
        held = [];
      }
    }
  }

  /** A table without rows has its checkpoint too: what comes later is new. */
  #settleEmpty(): Promise<void> {
    return this.#save(this.#checkpoint);
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
      actor: actorOf(this.#desk.extractor),
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
