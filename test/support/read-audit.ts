import Database from 'better-sqlite3';

/** What is kept beside the nodes of a graph, in the order of keys. */
export interface KeptRow {
  readonly key: string;
  readonly drafts: number;
  readonly state: string | null;
}

export interface CheckpointRow {
  readonly extractor: string;
  readonly folded_to: bigint | null;
  readonly unfinished: string | null;
  readonly counts: string;
}

/** The entries of a graph's `audit_entries`. */
export const readEntries = (path: string): readonly KeptRow[] =>
  query<KeptRow>(path, 'SELECT key, drafts, state FROM audit_entries ORDER BY key');

/** How far each extractor has come. */
export const readCheckpoints = (path: string): readonly CheckpointRow[] =>
  query<CheckpointRow>(
    path,
    'SELECT extractor, folded_to, unfinished, counts FROM audit_checkpoints ORDER BY extractor',
  );

/** Every table of a graph with all its rows, but for the time at which a run last looked. */
export function readEverything(path: string): Readonly<Record<string, readonly unknown[]>> {
  const tables = query<{ readonly name: string }>(path, "SELECT name FROM sqlite_schema WHERE type = 'table'");
  return Object.fromEntries(
    tables.map(({ name }) => [
      name,
      query(path, `SELECT * FROM "${name}" ${name === 'audit_meta' ? "WHERE name <> 'last_checked'" : ''} ORDER BY 1`),
    ]),
  );
}

function query<Row>(path: string, sql: string): readonly Row[] {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return db.prepare<[], Row>(sql).safeIntegers().all();
  } finally {
    db.close();
  }
}
