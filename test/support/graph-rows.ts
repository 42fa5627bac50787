import { join } from 'node:path';
import Database from 'better-sqlite3';
import { tempFolder } from './temp-folder.ts';

/** A node of a graph that a test makes; of an event unless its type is given. */
export interface GraphNodeRow {
  readonly id: string;
  readonly type?: string;
  readonly subtype?: string | null;
  readonly name?: string;
  readonly properties?: string | null;
  readonly deleted?: boolean;
}

/** An edge of it; a HAS_EVENT unless its type is given. */
export interface GraphEdgeRow {
  readonly from: string;
  readonly to: string;
  readonly type?: string;
  readonly properties?: string | null;
}

/** How the tables stand: as we make them, or as others may have. */
export type GraphShape = 'ours' | 'indexed' | 'bare' | 'odd';

const SHAPES: Readonly<Record<GraphShape, string>> = {
  ours: `CREATE TABLE kg_nodes(
      id TEXT PRIMARY KEY, node_type TEXT NOT NULL, subtype TEXT, name TEXT NOT NULL, properties TEXT,
      source_table TEXT, source_id TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT);
    CREATE INDEX kg_nodes_by_subtype ON kg_nodes(node_type, subtype);
    CREATE TABLE kg_edges(
      id TEXT PRIMARY KEY, edge_type TEXT NOT NULL, from_node TEXT NOT NULL REFERENCES kg_nodes(id),
      to_node TEXT NOT NULL REFERENCES kg_nodes(id), properties TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
    CREATE INDEX kg_edges_by_from ON kg_edges(from_node, edge_type);
    CREATE INDEX kg_edges_by_to ON kg_edges(to_node, edge_type);`,
  indexed: `CREATE TABLE kg_nodes(id TEXT UNIQUE, node_type TEXT, subtype TEXT, name TEXT, properties TEXT, deleted_at TEXT);
    CREATE TABLE kg_edges(id TEXT PRIMARY KEY, edge_type TEXT, from_node TEXT, to_node TEXT, properties TEXT) WITHOUT ROWID;
    CREATE INDEX to_and_type ON kg_edges(to_node);`,
  bare: `CREATE TABLE kg_nodes(id TEXT PRIMARY KEY, node_type TEXT, subtype TEXT, name TEXT, properties TEXT, deleted_at TEXT);
    CREATE TABLE kg_edges(id TEXT PRIMARY KEY, edge_type TEXT, from_node TEXT, to_node TEXT, properties TEXT, weight REAL);`,
  odd: `CREATE TABLE KG_Nodes("ID" TEXT PRIMARY KEY, "Node_Type" TEXT, "NAME" TEXT, "Properties" TEXT, "my ""own""" TEXT);
    CREATE TABLE Kg_Edges("Id" TEXT UNIQUE, "Edge_Type" TEXT, "FROM_node" TEXT, "To_Node" TEXT);`,
};

/** Writes a graph with these rows into a folder of its own, and gives its path. */
export function graphWith(
  { nodes, edges = [] }: { readonly nodes: readonly GraphNodeRow[]; readonly edges?: readonly GraphEdgeRow[] },
  shape: GraphShape = 'ours',
  path: string = join(tempFolder(), 'org.db'),
): string {
  const db = new Database(path);
  try {
    db.pragma('journal_mode = WAL');
    db.exec(SHAPES[shape]);
    const insert = inserterFor(db);
    db.transaction(() => {
      for (const {
        id,
        type = 'audit_event',
        subtype = 'user_action',
        name = id,
        properties = null,
        deleted,
      } of nodes) {
        const values = { id, node_type: type, subtype, name, properties, deleted_at: deleted ? 'then' : null };
        insert('kg_nodes', { ...values, created_at: 'then', updated_at: 'then' });
      }
      for (const [at, { from, to, type = 'HAS_EVENT', properties = null }] of edges.entries()) {
        const values = { id: `edge ${at}`, edge_type: type, from_node: from, to_node: to, properties };
        insert('kg_edges', { ...values, created_at: 'then', updated_at: 'then' });
      }
    })();
  } finally {
    db.close();
  }
  return path;
}

/** Inserts a row in those of its columns that a table has. */
function inserterFor(db: Database.Database) {
  const statements = new Map<
    string,
    { readonly run: (values: readonly unknown[]) => void; readonly names: string[] }
  >();
  return (table: string, row: Readonly<Record<string, string | null>>): void => {
    let statement = statements.get(table);
    if (statement === undefined) {
      const columns = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
      const names = Object.keys(row).filter((name) => columns.some((column) => column.toLowerCase() === name));
      const sql = `INSERT INTO ${table}(${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
      const prepared = db.prepare(sql);
      statement = { run: (values) => void prepared.run(...values), names };
      statements.set(table, statement);
    }
    statement.run(statement.names.map((name) => row[name]));
  };
}

/** The HAS_EVENT edges of a graph, as `from -> to`, in order. */
export function readHoldings(path: string): readonly string[] {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const sql = "SELECT from_node || ' -> ' || to_node FROM kg_edges WHERE edge_type = 'HAS_EVENT' ORDER BY 1";
    return db.prepare<[], string>(sql).pluck().all();
  } finally {
    db.close();
  }
}

/** One value that a query of a graph gives. */
export function readValue(path: string, sql: string): unknown {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return db.prepare(sql).pluck().get();
  } finally {
    db.close();
  }
}

/** The rows that a query of a file gives; the file is only read. */
export function readAll<Row = unknown>(path: string, sql: string): readonly Row[] {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return db.prepare<[], Row>(sql).all();
  } finally {
    db.close();
  }
}

/** What others do to a graph, or to a source. */
export function changeGraph(path: string, sql: string): void {
  const db = new Database(path);
  try {
    db.exec(sql);
  } finally {
    db.close();
  }
}
