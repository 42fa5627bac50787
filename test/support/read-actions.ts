import Database from 'better-sqlite3';

/** A logged action as the graph has it. */
export interface ActionRow {
  readonly id: string;
  readonly name: string;
  readonly source_id: string;
  /** As it is stored. */
  readonly json: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The logged actions of a graph, in the order in which they were written. */
export function readActions(path: string): readonly ActionRow[] {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return db
      .prepare<[], Omit<ActionRow, 'properties'>>(
        "SELECT id, name, source_id, properties AS json FROM kg_nodes WHERE subtype = 'user_action' ORDER BY rowid",
      )
      .all()
      .map((row) => ({ ...row, properties: JSON.parse(row.json) }));
  } finally {
    db.close();
  }
}

/** What was done, in the order in which it was written. */
export const readEventTypes = (path: string): readonly unknown[] =>
  readActions(path).map(({ properties }) => properties['eventType']);
