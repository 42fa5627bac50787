import Database from 'better-sqlite3';

export interface NodeRow {
  readonly id: string;
  readonly node_type: string;
  readonly subtype: string;
  readonly name: string;
  readonly properties: string;
  readonly source_table: string;
  readonly source_id: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Every node of a graph, in the order of ids. */
export function readNodes(path: string): readonly NodeRow[] {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return db.prepare<[], NodeRow>('SELECT * FROM kg_nodes ORDER BY id').all();
  } finally {
    db.close();
  }
}

/** The nodes without our times of writing: what must be equal whatever way they came to be. */
export function readContent(path: string): readonly Omit<NodeRow, 'created_at' | 'updated_at'>[] {
  return readNodes(path).map(({ created_at: _created, updated_at: _updated, ...content }) => content);
}
