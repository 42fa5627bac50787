import type { Database } from 'better-sqlite3';
import { AuditError } from '../../model/errors.ts';
import type { Holder } from '../../model/graph-editor.ts';
import { HAS_EVENT } from '../../model/trail.ts';
import { edgeHandle } from '../edge-handle.ts';
import type { EdgeTable } from '../edge-table.ts';
import { quoteName } from '../quote.ts';
import { softDeleted } from '../soft-deleted.ts';
import { textOf } from '../stored-nodes.ts';
import { inspectTable } from '../table-shape.ts';
import type { NodeTable } from '../target-schema.ts';
import { IncomingEdges } from './incoming-edges.ts';

/** What events hang on, within a transaction of the caller or in none. */
export interface Holdings {
  of(event: string): readonly Holder[];
  /** To be called before a page or a transaction. */
  prepare(): void;
  /** To be called within a transaction that is to see what stands. */
  lookAgain(): void;
}

/** Of a graph without edges. */
export const nothingHeld: Holdings = { of: () => [], prepare: () => {}, lookAgain: () => {} };

interface Row {
  readonly edge: string;
  readonly node: string;
  readonly nodeType: string | null;
}

/** Prepares looking at what events hang on, with an index of the table's or one of our own. */
export function prepareHoldings(db: Database, path: string, nodes: NodeTable, edges: EdgeTable): Holdings {
  const shape = inspectTable(db, 'kg_edges');
  const name = (column: 'id' | 'edge_type' | 'from_node' | 'to_node') => edges.get(column) ?? column;
  const rowid = shape?.order.by === 'rowid' ? shape.order.alias : undefined;
  const key = edgeHandle(db, edges);
  const id = quoteName(nodes.columns.get('id') ?? 'id');
  const nodeType = quoteName(nodes.columns.get('node_type') ?? 'node_type');
  const select = (from: string, event: string) =>
    `SELECT CAST(e.${key} AS TEXT) AS edge, coalesce(${textOf(`e.${name('from_node')}`)}, '') AS node,
       iif(n.${id} IS NULL OR ${softDeleted(db, 'n')}, NULL, coalesce(${textOf(`n.${nodeType}`)}, '')) AS nodeType
     FROM ${from} LEFT JOIN kg_nodes AS n ON n.${id} = e.${name('from_node')}
     WHERE ${event} = ? AND +e.${name('edge_type')} = ? ORDER BY +e.${name('id')}`;

  const byIndex = select('kg_edges AS e', `e.${name('to_node')}`);
  const incoming = isSearch(db, byIndex) ? undefined : openIncoming(db, path, edges, rowid);
  const byIncoming = select(
    `temp.incoming AS h CROSS JOIN kg_edges AS e ON e.${key} = h.edge AND +e.${name('to_node')} = h.event`,
    'h.event',
  );
  const find = db.prepare<[string, string], Row>(incoming === undefined ? byIndex : byIncoming);
  const properties = edges.get('properties');
  const propertiesOf =
    properties === undefined
      ? undefined
      : db.prepare<[string], string | null>(`SELECT ${textOf(properties)} FROM kg_edges WHERE ${key} = ?`).pluck();
  return {
    of: (event) =>
      find.all(event, HAS_EVENT).map((row) => ({
        edge: row.edge,
        node: row.node,
        nodeType: row.nodeType ?? undefined,
        properties: () => propertiesOf?.get(row.edge) ?? null,
      })),
    prepare: () => incoming?.catchUp(),
    lookAgain: () => void incoming?.addNew(),
  };
}

/** Whether the first table of a query is searched and not read as a whole. */
function isSearch(db: Database, query: string): boolean {
  const plan = db.prepare<[string, string], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${query}`).all('', '');
  return plan[0]?.detail.startsWith('SEARCH') === true;
}

function openIncoming(db: Database, path: string, edges: EdgeTable, rowid: string | undefined): IncomingEdges {
  if (rowid !== undefined) return new IncomingEdges(db, edges, rowid);
  const message = `kg_edges of target ${path} has no index by to_node`;
  throw new AuditError('target-schema', message, 'make one on to_node and edge_type');
}
