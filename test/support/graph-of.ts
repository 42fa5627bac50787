import Database from 'better-sqlite3';
import { edgeId } from '../../src/model/edge.ts';
import { createEdgeTable, createGraphTables } from '../../src/sqlite/store/graph-tables.ts';

/** An edge as a test writes it down: from, type, to. */
export type EdgeTriple = readonly [from: string, type: string, to: string];

/** A node as a test writes it down: the type is what stands before the colon of its id. */
export interface NodeDraft {
  readonly id: string;
  readonly name?: string;
  readonly nodeType?: string;
  readonly subtype?: string;
  readonly properties?: string;
  readonly deletedAt?: string;
}

const NOW = '2026-02-05T00:00:00.000Z';

/** Adds nodes and edges to a graph, which is made where there is none. Ends of edges need not be there. */
export function addToGraph(path: string, nodes: Iterable<NodeDraft>, edges: Iterable<EdgeTriple>): void {
  const db = new Database(path);
  try {
    createGraphTables(db);
    createEdgeTable(db);
    db.pragma('foreign_keys = OFF');
    const node = db.prepare<(string | null)[]>(
      `INSERT OR IGNORE INTO kg_nodes(id, node_type, subtype, name, properties, created_at, updated_at, deleted_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const edge = db.prepare<string[]>(
      `INSERT INTO kg_edges(id, edge_type, from_node, to_node, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)`,
    );
    db.transaction(() => {
      for (const { id, nodeType = id.split(':')[0] ?? '', name = id, ...draft } of nodes) {
        const { subtype = null, properties = '{}', deletedAt = null } = draft;
        node.run(id, nodeType, subtype, name, properties, NOW, NOW, deletedAt);
      }
      for (const [fromNode, edgeType, toNode] of edges) {
        edge.run(edgeId({ fromNode, edgeType, toNode }), edgeType, fromNode, toNode, NOW, NOW);
      }
    })();
  } finally {
    db.close();
  }
}

/** As many events as wanted, all on one trail. */
export function addHub(path: string, events: number): void {
  const ids = Array.from({ length: events }, (_, index) => `audit_event:${String(index).padStart(6, '0')}`);
  addToGraph(
    path,
    ['audit_trail:main', ...ids].map((id) => ({ id })),
    ids.map((id) => ['audit_trail:main', 'HAS_EVENT', id]),
  );
}
