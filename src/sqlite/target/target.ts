import type { Database } from 'better-sqlite3';
import type { RecordCleaner } from '../../model/change.ts';
import type { Checkpoint } from '../../model/checkpoint.ts';
import type { Entry, StoredEntry } from '../../model/entry.ts';
import type { Hook } from '../../model/hook.ts';
import type { KeptFields } from '../../model/leaf.ts';
import { sumOfLinks } from '../../model/link-tally.ts';
import type { LinkTarget } from '../../model/link-target.ts';
import type { LinkCounts } from '../../model/linker.ts';
import type { Change } from '../../model/node.ts';
import type { RunReport } from '../../model/report.ts';
import type { Retirement } from '../../model/retirement.ts';
import type { GraphDigest } from '../../model/seal.ts';
import type { Batch, Target, Written } from '../../model/target.ts';
import { retryWhileLocked } from '../retry-while-locked.ts';
import { CleanedChanges } from '../store/cleaned-changes.ts';
import { prepareEntryStatements } from '../store/entry-statements.ts';
import { GraphWriter } from '../store/graph-writer.ts';
import { WriteTransactions } from '../store/write-transactions.ts';
import { prepareStoredNodes } from '../stored-nodes.ts';
import type { NodeTable } from '../target-schema.ts';
import { type Place, translating } from '../translate-error.ts';
import { BatchWriter, type Outcome } from './batch-writer.ts';
import { prepareCheckpointStatements } from './checkpoint-statements.ts';
import { type EdgeOptions, type LinkDesk, openLinkDesk } from './link-desk.ts';
import { SqliteLinkTarget } from './link-target.ts';
import { SqliteRetirement } from './retirement.ts';
import { RunList } from './run-list.ts';
import { Sealer } from './sealer.ts';
import { prepareUnlinkedNote, type UnlinkedNote } from './unlinked-note.ts';

/** However large a batch is, so many entries are written at once: memory, and what a commit writes, is bounded. */
const ENTRIES_AT_ONCE = 5000;
const WRITES_BETWEEN_CLOCK_READINGS = 16;
/** What a target is opened with. */
export interface TargetOptions {
  readonly path: string;
  readonly table: NodeTable;
  /** The time written to every node of a run; undefined in a dry run. */
  readonly now: string | undefined;
  /** This program with its version, for the seals. */
  readonly program: string;
  /** How long to wait for other programs to release the file. */
  readonly waitMs: number;
  /** Rids what goes into the log of changes of secrets. */
  readonly cleaner: RecordCleaner;
  /** Called with every node that is written. */
  readonly hooks: readonly Hook[];
  readonly signal: AbortSignal;
  readonly release: () => void;
  /** Undefined where no edges are wanted. */
  readonly edges: EdgeOptions | undefined;
  /** False where what is written is no run, and does not go into the list of runs. */
  readonly isRun: boolean;
}

/** Compares entries with those of an org.db; writes those that differ, unless it is a dry run. */
export class SqliteTarget implements Target {
  readonly path: string;
  readonly #options: TargetOptions;
  readonly #place: Place;
  readonly #db: Database;
  readonly #writer: BatchWriter;
  readonly #entries;
  readonly #graph: GraphWriter;
  readonly #unlinked: UnlinkedNote;
  readonly #desk: LinkDesk | undefined;
  readonly links: LinkTarget | undefined;
  readonly #checkpoints;
  readonly #runs: RunList;
  readonly #sealer: Sealer;
  readonly retirement: Retirement;
  readonly keptFields: KeptFields;
  readonly #transactions: WriteTransactions;

  constructor(db: Database, options: TargetOptions) {
    this.path = options.path;
    this.#options = options;
    this.#place = { role: 'target', path: options.path };
    this.#db = db;
    this.#entries = prepareEntryStatements(db);
    this.#checkpoints = prepareCheckpointStatements(db);
    const nodes = prepareStoredNodes(db, options.table);
    this.keptFields = nodes.kept;
    this.#unlinked = prepareUnlinkedNote(db);
    const { path, table, now = '', cleaner } = options;
    const graph = new GraphWriter(db, {
      path,
      nodes: table,
      edges: options.edges?.table,
      clock: () => now,
      cleaner,
      hooks: options.hooks,
    });
    this.#graph = graph;
    this.#desk = options.edges && openLinkDesk(db, options.edges, { table, nodes, graph });
    this.#writer = new BatchWriter({ nodes, graph, entries: this.#entries, links: this.#desk });
    this.#sealer = new Sealer(db, options.program);
    this.#runs = new RunList(db, now);
    this.#transactions = new WriteTransactions(db, this.#place, options, [this.#sealer, graph]);
    this.retirement = new SqliteRetirement(db, {
      ...{ path, graph, program: options.program, entries: this.#entries },
      ...{ runs: this.#runs, sealer: this.#sealer, transactions: this.#transactions },
    });
    this.links = this.#desk && new SqliteLinkTarget(db, this.#desk, { ...options, transactions: this.#transactions });
  }

  get breach(): string | undefined {
    return this.#sealer.breach;
  }

  get longestWriteMs(): number {
    return this.#transactions.longestMs;
  }

  async readCheckpoint(extractor: string): Promise<Checkpoint | undefined> {
    return translating(this.#place, () => this.#checkpoints.find(extractor));
  }

  async readCheckpoints(): Promise<readonly Checkpoint[]> {
    return translating(this.#place, () => this.#checkpoints.all());
  }

  async countEntries(prefix: string): Promise<number> {
    return translating(this.#place, () => this.#entries.count(prefix));
  }

  async readEntries(keys: readonly string[]): Promise<readonly (StoredEntry | undefined)[]> {
    return translating(this.#place, () => keys.map((key) => this.#entries.find(key)));
  }

  async readDigest(): Promise<GraphDigest> {
    return this.#read(() => this.#sealer.digest());
  }

  async preview(given: Batch): Promise<Written> {
    const batch = firstPart(given);
    return this.#read(() => toWritten(this.#preview(batch.entries, batch), this.#desk?.writer.takeCounts()));
  }

  async write(given: Batch): Promise<Written> {
    const batch = firstPart(given);
    const same = await retryWhileLocked(this.#options, () => this.#read(() => this.#leadingSame(batch)));
    const links = this.#desk?.writer.takeCounts();
    const isAll = same.length === batch.entries.length;
    if (isAll && batch.checkpointAfter(same.length, false) === undefined) return toWritten(same, links);
    const writeRest = () => this.#writeFrom(same.length, batch);
    const written = await this.#transactions.run(writeRest, (outcomes) => outcomes.length);
    return toWritten([...same, ...written], sumOfLinks(links, this.#desk?.writer.takeCounts()));
  }

  async cleanRecords(clean: (json: string) => string): Promise<void> {
    await this.#transactions.run(() => this.#runs.clean(clean));
    const changes = new CleanedChanges(this.#db, this.#options.cleaner);
    for (let after: number | undefined = 0; after !== undefined; ) {
      const from: number = after;
      after = await this.#transactions.run(() => changes.cleanAfter(from));
    }
  }

  async finishRun(report: RunReport): Promise<void> {
    await this.#transactions.run(() => this.#runs.finish(report));
  }

  async close(): Promise<void> {
    this.#transactions.close();
    translating(this.#place, this.#options.release);
  }

  /** The outcomes of the first entries, as long as nothing is to be written: then no lock is taken. */
  #leadingSame(batch: Batch): readonly Outcome[] {
    this.#desk?.writer.takeCounts();
    const outcomes: Outcome[] = [];
    for (const entry of batch.entries) {
      const { outcome, linked, writes } = this.#writer.preview(entry, batch);
      if (writes) break;
      this.#desk?.writer.preview(linked, entry.node.id);
      outcomes.push(outcome);
    }
    return outcomes;
  }

  #preview(entries: readonly Entry[], batch: Batch): readonly Outcome[] {
    return entries.map((entry) => {
      const { outcome, linked } = this.#writer.preview(entry, batch);
      this.#desk?.writer.preview(linked, entry.node.id);
      return outcome;
    });
  }

  #read<Result>(action: () => Result): Result {
    return translating(this.#place, () => this.#db.transaction(action).deferred());
  }

  #writeFrom(first: number, batch: Batch): readonly Outcome[] {
    const started = performance.now();
    const run = this.#options.isRun ? this.#runs.begin() : 0;
    if (this.#options.isRun) this.#graph.changes.run = run;
    // A transaction that was undone has left its own behind.
    this.#writer.takeTouched();
    this.#desk?.writer.begin();
    const outcomes: Outcome[] = [];
    for (let at = first; at < batch.entries.length; at++) {
      const entry = batch.entries[at];
      if (entry === undefined) break;
      outcomes.push(this.#writer.write(entry, batch, run));
      if (
        outcomes.length % WRITES_BETWEEN_CLOCK_READINGS === 0 &&
        performance.now() - started > this.#transactions.budgetMs
      )
        break;
    }
    if (batch.linking) this.#desk?.notes.noteLinkers();
    else if (outcomes.some((outcome) => outcome && outcome.action !== 'unchanged'))
      this.#unlinked.keep(this.#options.now ?? '');
    const checkpoint = batch.checkpointAfter(first + outcomes.length, outcomes.length > 0);
    if (checkpoint !== undefined) this.#checkpoints.save(checkpoint);
    this.#sealer.seal(this.#writer.takeTouched());
    return outcomes;
  }
}

function firstPart(batch: Batch): Batch {
  return { ...batch, entries: batch.entries.slice(0, ENTRIES_AT_ONCE) };
}

function toWritten(outcomes: readonly Outcome[], links: LinkCounts | undefined): Written {
  const changes = outcomes.filter((outcome): outcome is Change => outcome !== undefined);
  return { entries: outcomes.length, changes, dropped: outcomes.length - changes.length, links };
}
