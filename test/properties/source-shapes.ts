import { type KnownTable, UNTYPED_COLUMNS, USUAL_COLUMNS } from '../../fixtures/sessions-db.ts';

/** A form that a table of a sessions.db can have, and which ids fit into it. */
export interface SourceShape {
  readonly columns: string;
  readonly options?: string;
  /** `rowid`: distinct integers; `unique`: anything, but no two alike and none NULL; `any`: anything. */
  readonly ids: 'rowid' | 'unique' | 'any';
  /** The rows are in a table of another name, and a view has the known one. */
  readonly view?: true;
}

/** The columns of a table beside the id. */
export function dataColumns(table: KnownTable): readonly string[] {
  return UNTYPED_COLUMNS[table]
    .split(',')
    .slice(1)
    .map((column) => column.trim());
}

/** The usual forms of a table. */
export function usualShapes(table: KnownTable): readonly SourceShape[] {
  return [
    { columns: USUAL_COLUMNS[table], ids: 'rowid' },
    { columns: UNTYPED_COLUMNS[table], ids: 'rowid' },
  ];
}

/** The forms that a table may have without anybody having meant it. */
export function oddShapes(table: KnownTable): readonly SourceShape[] {
  const data = dataColumns(table).join(', ');
  const noCase = dataColumns(table)
    .map((name) => `${name} COLLATE NOCASE`)
    .join(', ');
  return [
    { columns: UNTYPED_COLUMNS[table].toUpperCase(), ids: 'rowid' },
    { columns: `id INTEGER PRIMARY KEY, ${noCase}`, ids: 'rowid' },
    { columns: `rowid, oid, ${UNTYPED_COLUMNS[table]}`, ids: 'rowid' },
    { columns: UNTYPED_COLUMNS[table], ids: 'rowid', view: true },
    { columns: `id, ${data}`, ids: 'any' },
    { columns: `id INTEGER, ${data}`, ids: 'any' },
    { columns: `id TEXT COLLATE NOCASE, ${noCase}`, ids: 'any' },
    { columns: `rowid, id, ${data}`, ids: 'any' },
    { columns: `id TEXT PRIMARY KEY, ${data}`, ids: 'unique' },
    { columns: `id INT PRIMARY KEY, ${data}`, ids: 'unique' },
    { columns: `id INTEGER PRIMARY KEY DESC, ${data}`, ids: 'rowid' },
    { columns: `id PRIMARY KEY, ${data}`, options: 'WITHOUT ROWID', ids: 'unique' },
    { columns: `id INTEGER PRIMARY KEY, ${data}`, options: 'WITHOUT ROWID', ids: 'rowid' },
    { columns: `id, ${data}, PRIMARY KEY (id DESC)`, options: 'WITHOUT ROWID', ids: 'unique' },
    { columns: `id, shard DEFAULT 0, ${data}, PRIMARY KEY (shard, id)`, options: 'WITHOUT ROWID', ids: 'unique' },
    { columns: `id TEXT COLLATE NOCASE PRIMARY KEY, ${noCase}`, options: 'WITHOUT ROWID', ids: 'unique' },
  ];
}

/** The forms that `entries` may have; in some of them nothing can be found at once, or a column is missing. */
export const entriesShapes: readonly SourceShape[] = [
  { columns: 'id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT, timestamp TEXT', ids: 'rowid' },
  { columns: 'ID INTEGER PRIMARY KEY, SESSION_ID COLLATE NOCASE, "TIMESTAMP"', ids: 'rowid' },
  { columns: 'id INTEGER PRIMARY KEY, session_id, timestamp', ids: 'rowid', view: true },
  { columns: 'id PRIMARY KEY, session_id, timestamp', ids: 'unique' },
  { columns: 'id TEXT PRIMARY KEY, session_id, timestamp', options: 'WITHOUT ROWID', ids: 'unique' },
  { columns: 'id TEXT COLLATE NOCASE UNIQUE, session_id, timestamp', ids: 'unique' },
  { columns: 'id INT UNIQUE, session_id, timestamp', ids: 'unique' },
  { columns: 'id, session_id, timestamp', ids: 'any' },
  { columns: 'id, session_id, timestamp, UNIQUE (id, session_id)', ids: 'any' },
];
