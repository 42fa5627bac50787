import Database from 'better-sqlite3';
import { LOCK_WAIT_MS } from '../lock-wait.ts';

/** The tables of a graph that we make (SPEC section 2). Another run may be making them too. */
const KG_NODES = `
  CREATE TABLE IF NOT EXISTS kg_nodes(
    id TEXT PRIMARY KEY, node_type TEXT NOT NULL, subtype TEXT, name TEXT NOT NULL, properties TEXT,
    source_table TEXT, source_id TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT
  );
  CREATE INDEX IF NOT EXISTS kg_nodes_by_subtype ON kg_nodes(node_type, subtype);`;

const KG_EDGES = `
  CREATE TABLE IF NOT EXISTS kg_edges(
    id TEXT PRIMARY KEY, edge_type TEXT NOT NULL, from_node TEXT NOT NULL REFERENCES kg_nodes(id),
    to_node TEXT NOT NULL REFERENCES kg_nodes(id), properties TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS kg_edges_by_from ON kg_edges(from_node, edge_type, to_node);
  CREATE INDEX IF NOT EXISTS kg_edges_by_to ON kg_edges(to_node, edge_type, from_node);`;

/** Large pages take a third off a first run; only a file that we make gets them. */
const PAGE_SIZE = 16_384;

/**
 * Makes the graph's tables where they are missing. A file that holds nothing at all once we have its lock is our own:
 * it gets our page size, both tables and, when they are in, WAL mode. In a file of others only the table that is needed.
 */
export function createGraphTables(db: Database.Database): void {
  db.exec(`PRAGMA page_size = ${PAGE_SIZE}`);
  const isOurs = db
    .transaction(() => {
      const isEmpty = db.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
      db.exec(isEmpty ? KG_NODES + KG_EDGES : KG_NODES);
      return isEmpty;
    })
    .immediate();
  if (isOurs && !db.memory) switchToWal(db);
}

/** Makes the table of edges in a file of others that has none. */
export function createEdgeTable(db: Database.Database): void {
  db.transaction(() => db.exec(KG_EDGES)).immediate();
}

/** SQLite does not wait for a lock when it changes the journal mode, so we do; whoever holds it may be a run like ours. */
function switchToWal(db: Database.Database): void {
  const deadline = performance.now() + LOCK_WAIT_MS;
  for (;;) {
    try {
      db.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      const isBusy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!isBusy || performance.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}
