import type { RecordCleaner } from '../../model/change.ts';
import type { Checkpoint } from '../../model/checkpoint.ts';
import type { StoredEntry } from '../../model/entry.ts';
import type { KeptFields } from '../../model/leaf.ts';
import type { LinkTarget } from '../../model/link-target.ts';
import type { NodeHooks } from '../../model/node-hooks.ts';
import type { RunReport } from '../../model/report.ts';
import type { Retirement } from '../../model/retirement.ts';
import type { GraphDigest } from '../../model/seal.ts';
import type { Batch, Target, Written } from '../../model/target.ts';
import { uuidV7 } from '../../model/uuid-v7.ts';
import type { Connection } from '../connection.ts';
import { GraphWriter } from '../graph-writer.ts';
import type { Transaction } from '../transaction.ts';
import { KEPT_FIELDS, planBatch, type Step } from './batch-plan.ts';
import { changesOf, leafChanges, writeBatch } from './batch-writer.ts';
import type { Chain } from './chain.ts';
import { findCheckpoint, readCheckpoints, saveCheckpoint } from './checkpoints.ts';
import { cleanChanges } from './clean-changes.ts';
import { countEntries, findEntries } from './entries.ts';
import { previewLinks } from './link-outlook.ts';
import { writeMeta } from './meta.ts';
import type { RunList } from './run-list.ts';
import { writeUnlessIn } from './write-unless-in.ts';

/** What a target is opened with. */
export interface TargetOptions {
  readonly connection: Connection;
  readonly chain: Chain;
  readonly runs: RunList;
  readonly origin: string;
  /** The time that is written, ISO 8601. */
  readonly now: string;
  readonly cleaner: RecordCleaner;
  readonly hooks: NodeHooks | undefined;
  readonly signal: AbortSignal;
  /** False where what is written is no run, and does not go into the list of runs. */
  readonly isRun: boolean;
  /** What the linkers go by; null where not all of them are at work. */
  readonly linkers: string | null;
  readonly links: LinkTarget | undefined;
  readonly retirement: Retirement;
}

/** However large a batch is, so many entries are written at once: memory, and the time that others wait, is bounded. */
const ENTRIES_AT_ONCE = 2500;

/** A graph on a server that runs, links and logged actions write, or, in a dry run, compare with. */
export class Neo4jTarget implements Target {
  readonly path: string;
  readonly keptFields: KeptFields = KEPT_FIELDS;
  readonly retirement: Retirement;
  readonly links: LinkTarget | undefined;
  readonly #options: TargetOptions;
  /** Entities that a dry run would have made. */
  readonly #foreseen = new Set<string>();

  constructor(options: TargetOptions) {
    this.path = options.connection.path;
    this.retirement = options.retirement;
    this.links = options.links;
    this.#options = options;
  }

  get longestWriteMs(): number {
    return this.#options.connection.longestWriteMs;
  }

  get breach(): string | undefined {
    return this.#options.chain.breach;
  }

  readDigest(): Promise<GraphDigest> {
    return this.#read((tx) => this.#options.chain.digest(tx));
  }

  readCheckpoint(extractor: string): Promise<Checkpoint | undefined> {
    return this.#read((tx) => findCheckpoint(tx, extractor));
  }

  readCheckpoints(): Promise<readonly Checkpoint[]> {
    return this.#read(readCheckpoints);
  }

  countEntries(prefix: string): Promise<number> {
    return this.#read((tx) => countEntries(tx, prefix));
  }

  async readEntries(keys: readonly string[]): Promise<readonly (StoredEntry | undefined)[]> {
    const found = await this.#read((tx) => findEntries(tx, keys));
    return keys.map((key) => found.get(key));
  }

  async preview(given: Batch): Promise<Written> {
    const batch = firstPart(given);
    const { linkers } = this.#options;
    return this.#read(async (tx) => {
      const writer = this.#writerOf(tx, uuidV7(), null);
      const steps = await planBatch(tx, batch, { writer, linkers, run: 0 });
      if (batch.linking === undefined) return toWritten(steps, undefined);
      const events = steps.flatMap((step) => {
        if (step === undefined) return [];
        const { links, isCut } = step.linked;
        return [{ id: step.entry.node.id, links, isCut: isCut && step.writes }];
      });
      const { counts, entities } = await previewLinks(tx, events, this.#foreseen);
      for (const id of entities) this.#foreseen.add(id);
      return toWritten(steps, counts);
    });
  }

  async write(given: Batch): Promise<Written> {
    const { connection, chain, signal } = this.#options;
    const batch = firstPart(given);
    const transaction = uuidV7();
    return writeUnlessIn(
      connection,
      (tx) => chain.hasByNow(tx, transaction),
      (tx) => this.#write(tx, batch, transaction),
      signal,
    );
  }

  async cleanRecords(clean: (json: string) => string): Promise<void> {
    const { connection, runs, cleaner } = this.#options;
    await connection.write((tx) => runs.clean(tx, clean));
    await cleanChanges(connection, cleaner);
  }

  async finishRun(report: RunReport): Promise<void> {
    const { connection, runs } = this.#options;
    await connection.write((tx) => runs.finish(tx, report));
  }

  /** Whoever opened the connection closes it. */
  async close(): Promise<void> {}

  async #write(tx: Transaction, batch: Batch, transaction: string): Promise<Written> {
    const { chain, runs, isRun, linkers, origin } = this.#options;
    const look = { writer: this.#writerOf(tx, transaction, null), linkers, run: runs.current };
    const steps = await planBatch(tx, batch, look);
    const wrote = steps.some((step) => step?.writes === true);
    const checkpoint = batch.checkpointAfter(steps.length, wrote);
    if (!wrote && checkpoint === undefined) return toWritten(steps, await this.#countLinks(tx, batch, steps));
    const head = await chain.lock(tx);
    const [remaking, run] = await Promise.all([chain.remake(tx, head, leafChanges(steps)), isRun ? runs.begin(tx) : 0]);
    const writer = this.#writerOf(tx, transaction, isRun ? run : null);
    const links = await writeBatch(tx, writer, steps, batch, { linkers, run });
    // In this order: the seal tells of the checkpoint, and what is sent first is done first.
    await Promise.all([
      this.#noteLinking(tx, batch, steps),
      checkpoint && saveCheckpoint(tx, checkpoint, origin),
      writer.end(),
      chain.seal(tx, head, remaking, transaction),
    ]);
    return toWritten(steps, links);
  }

  async #noteLinking(tx: Transaction, { linking }: Batch, steps: readonly Step[]): Promise<void> {
    const { linkers, now } = this.#options;
    if (linking && linkers !== null) await writeMeta(tx, 'linkers', 'all');
    if (!linking && changesOf(steps).some(({ action }) => action !== 'unchanged')) {
      await writeMeta(tx, 'unlinked', now);
    }
  }

  async #countLinks(tx: Transaction, { linking }: Batch, steps: readonly Step[]) {
    if (linking === undefined) return undefined;
    const events = steps.flatMap((step) =>
      step === undefined ? [] : [{ id: step.entry.node.id, links: step.linked.links, isCut: false }],
    );
    return (await previewLinks(tx, events, new Set())).counts;
  }

  #writerOf(tx: Transaction, transaction: string, run: number | null): GraphWriter {
    const { now, cleaner, hooks } = this.#options;
    return new GraphWriter(tx, { now, run, tx: transaction, cleaner, hooks });
  }

  #read<Result>(action: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.#options.connection.read(action, this.#options.signal);
  }
}

/** As many as are written at once, up to a key that comes for the second time: it is folded into what is stored by then. */
function firstPart(batch: Batch): Batch {
  const keys = new Set<string>();
  const end = batch.entries.findIndex(({ key }, at) => at >= ENTRIES_AT_ONCE || keys.size === keys.add(key).size);
  return { ...batch, entries: end === -1 ? batch.entries : batch.entries.slice(0, end) };
}

function toWritten(steps: readonly Step[], links: Written['links']): Written {
  const changes = changesOf(steps);
  return { entries: steps.length, changes, dropped: steps.length - changes.length, links };
}
