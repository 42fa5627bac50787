import type { Database } from 'better-sqlite3';
import type {
  EventLinks,
  LinkedEvents,
  LinkTarget,
  OwedLinks,
  PaidRows,
  UnlinkedEvent,
} from '../../model/link-target.ts';
import type { LinkCounts } from '../../model/linker.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import type { TrailLookup } from '../../model/trail.ts';
import { quoteName } from '../quote.ts';
import type { WriteTransactions } from '../store/write-transactions.ts';
import type { NodeTable } from '../target-schema.ts';
import { answeringTrailLookup, prepareTrailLookup } from '../trail-lookup.ts';
import { translating } from '../translate-error.ts';
import type { LinkDesk } from './link-desk.ts';
import { prepareUnlinkedNote, type UnlinkedNote } from './unlinked-note.ts';

const EVENTS_BETWEEN_CLOCK_READINGS = 16;

/** Of which graph, and how it is written. */
interface LinkTargetOptions {
  readonly path: string;
  readonly table: NodeTable;
  readonly transactions: WriteTransactions;
}

/** Makes edges of events that are in an org.db already. */
export class SqliteLinkTarget implements LinkTarget {
  readonly #db: Database;
  readonly #desk: LinkDesk;
  readonly #options: LinkTargetOptions;
  readonly #note: UnlinkedNote;
  readonly #unrecorded;
  readonly trails: TrailLookup;

  constructor(db: Database, desk: LinkDesk, options: LinkTargetOptions) {
    this.#db = db;
    this.#desk = desk;
    this.#options = options;
    this.#note = prepareUnlinkedNote(db);
    const nodeType = quoteName(options.table.columns.get('node_type') ?? 'node_type');
    this.#unrecorded = db
      .prepare<[string], number>(
        `SELECT (SELECT count(*) FROM kg_nodes WHERE ${nodeType} = ?) - (SELECT count(*) FROM audit_entries)`,
      )
      .pluck();
    this.trails = answeringTrailLookup(prepareTrailLookup(db, options.table), (action) => this.#read(action));
  }

  countUnrecorded(): Promise<number> {
    return this.#read(() => Math.max(0, this.#unrecorded.get(AUDIT_EVENT) ?? 0));
  }

  readUnlinked(after: string, limit: number): Promise<readonly UnlinkedEvent[]> {
    return this.#read(() => this.#desk.notes.unlinked(after, limit));
  }

  readNote(): Promise<string | undefined> {
    return this.#read(() => this.#note.read());
  }

  async dropNote(note: string): Promise<void> {
    await this.#options.transactions.run(() => this.#note.drop(note));
  }

  async link(events: readonly EventLinks[]): Promise<LinkedEvents> {
    const done = await this.#options.transactions.run(
      () => this.#linkFirst(events),
      (count) => count,
    );
    return { events: done, counts: this.#desk.writer.takeCounts() };
  }

  preview(events: readonly EventLinks[]): Promise<LinkCounts> {
    return this.#read(() => {
      for (const event of events) this.#desk.writer.preview(event, event.id);
      return this.#desk.writer.takeCounts();
    });
  }

  readOwed(prefix: string, after: string, limit: number): Promise<readonly OwedLinks[]> {
    return this.#read(() => this.#desk.notes.owed(prefix, after, limit));
  }

  async settle(keys: readonly string[], paid: PaidRows): Promise<void> {
    await this.#options.transactions.run(() => this.#desk.notes.settle(keys, paid));
  }

  #linkFirst(events: readonly EventLinks[]): number {
    const started = performance.now();
    const { writer, notes } = this.#desk;
    const { transactions } = this.#options;
    writer.begin();
    notes.noteLinkers();
    let done = 0;
    for (const { links, entry, isCut } of events) {
      const isWhole = writer.write(links);
      if (entry !== undefined && isWhole) notes.markLinked(entry);
      if (entry !== undefined && isCut) notes.owe(entry.key, undefined);
      done++;
      const isLate = performance.now() - started > transactions.budgetMs;
      if (done % EVENTS_BETWEEN_CLOCK_READINGS === 0 && isLate) break;
    }
    return done;
  }

  async #read<Result>(action: () => Result): Promise<Result> {
    return translating({ role: 'target', path: this.#options.path }, () => this.#db.transaction(action).deferred());
  }
}
