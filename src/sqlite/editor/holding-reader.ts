import type { Database } from 'better-sqlite3';
import type { EventPage, HoldingReader, PagePosition } from '../../model/graph-editor.ts';
import type { TrailLookup } from '../../model/trail.ts';
import { quoteName } from '../quote.ts';
import type { NodeTable } from '../target-schema.ts';
import { answeringTrailLookup, prepareTrailLookup } from '../trail-lookup.ts';
import { type Answer, type Place, translating } from '../translate-error.ts';
import { type EventPages, prepareEventPages } from './event-pages.ts';
import type { Holdings } from './holdings.ts';

/** Looks at what the events of an org.db hang on, a page in one short transaction. */
export class SqliteHoldingReader implements HoldingReader {
  readonly path: string;
  readonly trails: TrailLookup;
  readonly #close: () => void;
  readonly #db: Database;
  readonly #answer: Answer;
  readonly #pages: EventPages;
  readonly #holdings: Holdings;
  readonly #nodeOf;

  constructor(db: Database, place: Place, table: NodeTable, holdings: Holdings, close: () => void) {
    this.path = place.path;
    this.#answer = async (action) => translating(place, action);
    this.trails = answeringTrailLookup(prepareTrailLookup(db, table), this.#answer);
    this.#close = close;
    this.#db = db;
    this.#pages = prepareEventPages(db, table);
    this.#holdings = holdings;
    const nodeType = quoteName(table.columns.get('node_type') ?? 'node_type');
    this.#nodeOf = db.prepare<[string], 1>(`SELECT 1 FROM kg_nodes WHERE ${nodeType} = ? LIMIT 1`).pluck();
  }

  hasNodeOf(nodeType: string): Promise<boolean> {
    return this.#answer(() => this.#nodeOf.get(nodeType) !== undefined);
  }

  readEvents(after: PagePosition | undefined): Promise<EventPage> {
    return this.#answer(() => {
      this.#holdings.prepare();
      return this.#db.transaction(() => this.#readPage(after)).deferred();
    });
  }

  close(): Promise<void> {
    return this.#answer(this.#close);
  }

  #readPage(after: PagePosition | undefined): EventPage {
    const { ids, next } = this.#pages.page(after);
    return { events: ids.map((id) => ({ id, holders: this.#holdings.of(id) })), next };
  }
}
