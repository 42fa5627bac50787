import type { Database } from 'better-sqlite3';
import type { EventPage, HoldingReader, PagePosition } from '../../model/graph-editor.ts';
import type { TrailLookup } from '../../model/trail.ts';
import { quoteName } from '../quote.ts';
import type { NodeTable } from '../target-schema.ts';
import { prepareTrailLookup } from '../trail-lookup.ts';
import { type Place, translating } from '../translate-error.ts';
import { type EventPages, prepareEventPages } from './event-pages.ts';
import type { Holdings } from './holdings.ts';

/** Looks at what the events of an org.db hang on, a page in one short transaction. */
export class SqliteHoldingReader implements HoldingReader {
  readonly path: string;
  readonly trails: TrailLookup;
  readonly close: () => void;
  readonly #db: Database;
  readonly #place: Place;
  readonly #pages: EventPages;
  readonly #holdings: Holdings;
  readonly #nodeOf;

  constructor(db: Database, place: Place, table: NodeTable, holdings: Holdings, close: () => void) {
    const trails = prepareTrailLookup(db, table);
    this.path = place.path;
    this.trails = {
      has: (id) => translating(place, () => trails.has(id)),
      ids: (limit) => translating(place, () => trails.ids(limit)),
      isTaken: (id) => translating(place, () => trails.isTaken(id)),
    };
    this.close = close;
    this.#db = db;
    this.#place = place;
    this.#pages = prepareEventPages(db, table);
    this.#holdings = holdings;
    const nodeType = quoteName(table.columns.get('node_type') ?? 'node_type');
    this.#nodeOf = db.prepare<[string], 1>(`SELECT 1 FROM kg_nodes WHERE ${nodeType} = ? LIMIT 1`).pluck();
  }

  hasNodeOf(nodeType: string): boolean {
    return translating(this.#place, () => this.#nodeOf.get(nodeType) !== undefined);
  }

  readEvents(after: PagePosition | undefined): EventPage {
    return translating(this.#place, () => {
      this.#holdings.prepare();
      return this.#db.transaction(() => this.#readPage(after)).deferred();
    });
  }

  #readPage(after: PagePosition | undefined): EventPage {
    const { ids, next } = this.#pages.page(after);
    return { events: ids.map((id) => ({ id, holders: this.#holdings.of(id) })), next };
  }
}
