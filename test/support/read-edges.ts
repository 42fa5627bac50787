import Database from 'better-sqlite3';

/** The ids of the edges of a graph and of its nodes beside events, of one moment. Throws where an edge ends in nothing. */
export function readEdges(path: string): { readonly edges: readonly string[]; readonly entities: readonly string[] } {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  db.exec('BEGIN');
  try {
    const list = (sql: string) => db.prepare<[], string>(sql).pluck().all().toSorted();
    if (list("SELECT name FROM sqlite_schema WHERE name = 'kg_nodes'").length === 0) return { edges: [], entities: [] };
    const nodes = new Set(list('SELECT id FROM kg_nodes'));
    for (const end of list('SELECT from_node FROM kg_edges UNION SELECT to_node FROM kg_edges')) {
      if (!nodes.has(end)) throw new Error(`an edge ends in ${end}, which is not there`);
    }
    return {
      edges: list('SELECT id FROM kg_edges'),
      entities: list("SELECT id FROM kg_nodes WHERE node_type <> 'audit_event'"),
    };
  } finally {
    db.close();
  }
}
