import type Database from 'better-sqlite3';
import { AuditError } from '../model/errors.ts';
import type { AnyExtractor, ExtractorSettings } from '../model/extractor.ts';
import type { Source, WindowReader } from '../model/source.ts';
import { connect } from './connect.ts';
import { inspectTable, type TableShape } from './table-shape.ts';
import { type Place, translating } from './translate-error.ts';
import { LARGEST_WINDOW_ROWS, openWindowReader } from './window-reader.ts';

/**
 * Opens sessions.db read-only; the path must name a file. Throws when it is no database. Windows span at most
 * `windowRows` row ids; within that they are sized by the time they take.
 */
export function openSource(path: string, windowRows = LARGEST_WINDOW_ROWS): Source {
  const place: Place = { role: 'source', path };
  const db = translating(place, () => connect(path, { readonly: true, fileMustExist: true }));
  try {
    return new SqliteSource(db, place, windowRows);
  } catch (error) {
    db.close();
    throw error;
  }
}

class SqliteSource implements Source {
  readonly path: string;
  readonly #db: Database.Database;
  readonly #place: Place;
  readonly #windowRows: number;
  readonly #shapes = new Map<string, TableShape | undefined>();

  constructor(db: Database.Database, place: Place, windowRows: number) {
    this.path = place.path;
    this.#db = db;
    this.#place = place;
    this.#windowRows = windowRows;
    this.#checkReadable();
  }

  hasTable(table: string): boolean {
    return this.#shape(table) !== undefined;
  }

  missingColumns(extractor: AnyExtractor): readonly string[] {
    const shape = this.#shape(extractor.table);
    return Object.keys(extractor.columns).filter((name) => shape?.column(name) === undefined);
  }

  openReader(extractor: AnyExtractor, settings: ExtractorSettings): WindowReader {
    const shape = this.#shape(extractor.table);
    if (shape === undefined) throw new Error(`no table ${extractor.table}: ask hasTable first`);
    const condition = extractor.where?.(settings) ?? { sql: 'TRUE', parameters: [] };
    return openWindowReader(this.#db, this.#place, {
      table: shape,
      columns: extractor.columns,
      condition,
      windowRows: this.#windowRows,
    });
  }

  close(): void {
    this.#db.close();
  }

  /** SQLite opens anything; only the first read tells whether it is a database, and whether its schema can be read. */
  #checkReadable(): void {
    try {
      translating(this.#place, () => this.#db.prepare('SELECT count(*) FROM sqlite_schema').get());
    } catch (error) {
      if (!(error instanceof AuditError) || error.code !== 'source-corrupt') throw error;
      throw new AuditError('source-not-a-database', `${error.message} and cannot be read`, error.hint, error);
    }
  }

  #shape(table: string): TableShape | undefined {
    if (!this.#shapes.has(table)) {
      this.#shapes.set(
        table,
        translating(this.#place, () => inspectTable(this.#db, table)),
      );
    }
    return this.#shapes.get(table);
  }
}
