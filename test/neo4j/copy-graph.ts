import Database from 'better-sqlite3';
import { groupBy } from '../../src/model/group-by.ts';
import { labelOf, quoteName, relationshipOf } from '../../src/neo4j/labels.ts';
import type { Parameter } from '../../src/neo4j/transaction.ts';
import type { HandWriter } from './hand-writer.ts';

type Row = { readonly [column: string]: Parameter };

const AT_ONCE = 500;

/** Writes what a graph in SQLite has into one on Neo4j that is empty, with what is kept of its events. */
export async function copyGraph(path: string, hand: HandWriter): Promise<void> {
  const db = new Database(path, { readonly: true });
  const rowsOf = (sql: string) => db.prepare<[], Row>(sql).safeIntegers().all();
  try {
    const nodes = rowsOf('SELECT id AS UID, * FROM kg_nodes').map(({ id: _, ...said }) => ({ ...said }));
    for (const [type, some] of grouped(nodes, 'node_type')) {
      await write(hand, `UNWIND $rows AS row CREATE (n:KgNode:${quoteName(labelOf(type))}) SET n = row`, some);
    }
    for (const [type, some] of grouped(rowsOf('SELECT * FROM kg_edges'), 'edge_type')) {
      const made = `CREATE (a)-[r:${quoteName(relationshipOf(type))}]->(b) SET r = row.said`;
      const rows = some.map(({ from_node, to_node, ...said }) => ({ from: from_node ?? '', to: to_node ?? '', said }));
      await write(hand, `UNWIND $rows AS row MATCH (a:KgNode {UID: row.from}), (b:KgNode {UID: row.to}) ${made}`, rows);
    }
    const entries = rowsOf('SELECT * FROM audit_entries').map(({ id: _, hidden: __, linked: ___, ...said }) => said);
    await write(hand, 'UNWIND $rows AS row CREATE (e:AuditEntry) SET e = row', entries);
    const meta = rowsOf("SELECT name, value FROM audit_meta WHERE name <> 'version'");
    await write(hand, 'UNWIND $rows AS row CREATE (m:AuditMeta) SET m = row', meta);
  } finally {
    db.close();
  }
}

async function write(hand: HandWriter, cypher: string, rows: readonly Parameter[]): Promise<void> {
  for (let at = 0; at < rows.length; at += AT_ONCE) await hand.run(cypher, { rows: rows.slice(at, at + AT_ONCE) });
}

function grouped(rows: readonly Row[], column: string): ReadonlyMap<string, readonly Row[]> {
  return groupBy(rows, (row) => String(row[column]));
}
