import Database from 'better-sqlite3';
import { appendRows, buildSessionsDb, type FixtureRow, type KnownTable } from '../../fixtures/sessions-db.ts';
import type { SourceCase, TableCase } from './source-cases.ts';
import { dataColumns } from './source-shapes.ts';

const TABLES: readonly KnownTable[] = ['tool_analytics', 'system_events', 'task_tracking'];

/** Writes a source to a path where no file is. */
export function writeSource(path: string, source: SourceCase): void {
  withDatabase(path, (db) => {
    db.pragma(`encoding = '${source.encoding}'`);
    // The encoding is kept only once something is written.
    db.exec('CREATE TABLE schema_version(version INTEGER)');
  });
  for (const table of TABLES) {
    const { shape, rows } = source.tables[table];
    const { columns, options = '' } = shape;
    buildSessionsDb(path, { [storedName(table, source.tables[table])]: { columns, options, rows } });
    if (source.indexed) {
      const stored = storedName(table, source.tables[table]);
      const covering = [...dataColumns(table), 'id'].join(', ');
      withDatabase(path, (db) => db.exec(`CREATE INDEX ${table}_covering ON ${stored}(${covering})`));
    }
    if (shape.view) withDatabase(path, (db) => db.exec(`CREATE VIEW ${table} AS SELECT * FROM stored_${table}`));
  }
  if (source.entries !== undefined) {
    const { shape, rows } = source.entries;
    const { columns, options = '' } = shape;
    buildSessionsDb(path, { [shape.view ? 'stored_entries' : 'entries']: { columns, options, rows } });
    if (shape.view) withDatabase(path, (db) => db.exec('CREATE VIEW entries AS SELECT * FROM stored_entries'));
  }
  settleBlobs(path, source);
}

/** Adds these rows to the tables of a source that was written. */
export function appendToSource(
  path: string,
  source: SourceCase,
  rows: Readonly<Record<KnownTable, readonly FixtureRow[]>>,
): void {
  for (const table of TABLES) appendRows(path, storedName(table, source.tables[table]), rows[table]);
  settleBlobs(path, source);
}

function storedName(table: KnownTable, { shape }: TableCase): string {
  return shape.view ? `stored_${table}` : table;
}

function settleBlobs(path: string, source: SourceCase): void {
  if (!source.blobsBecomeText) return;
  withDatabase(path, (db) => {
    for (const table of TABLES) {
      const name = storedName(table, source.tables[table]);
      for (const column of dataColumns(table)) {
        db.exec(`UPDATE "${name}" SET ${column} = CAST(${column} AS TEXT) WHERE typeof(${column}) = 'blob'`);
      }
    }
  });
}

function withDatabase(path: string, use: (db: Database.Database) => void): void {
  const db = new Database(path);
  try {
    use(db);
  } finally {
    db.close();
  }
}
