import type { Database } from 'better-sqlite3';
import { edgeId } from '../../model/edge.ts';
import { quoteName } from '../quote.ts';
import { inspectTable } from '../table-shape.ts';

/** The edges at a node, as far as this program has made them. */
export interface OwnEdges {
  /** Removes them, within a transaction of its caller. False, and nothing done, where others have made one. */
  remove(node: string): boolean;
}

interface EdgeRow {
  readonly id: string | null;
  readonly edgeType: string | null;
  readonly fromNode: string | null;
  readonly toNode: string | null;
}

/** Prepares it for `kg_edges` as it stands; an edge is ours where its id says what it joins. */
export function prepareOwnEdges(db: Database): OwnEdges {
  const shape = inspectTable(db, 'kg_edges');
  if (shape === undefined) return { remove: () => true };
  const name = (column: string) => quoteName(shape.column(column)?.name ?? '');
  const ends = ['from_node', 'to_node'].filter((end) => shape.column(end) !== undefined).map(name);
  if (ends.length === 0) return { remove: () => true };
  const value = (column: string) => (shape.column(column) ? `CAST(${name(column)} AS TEXT)` : 'NULL');
  const select = `SELECT ${value('id')} AS id, ${value('edge_type')} AS edgeType, ${value('from_node')} AS fromNode,
    ${value('to_node')} AS toNode FROM kg_edges WHERE`;
  const find = db.prepare<{ node: string }, EdgeRow>(ends.map((end) => `${select} ${end} = @node`).join(' UNION ALL '));
  const remove = ends.map((end) => db.prepare<[string]>(`DELETE FROM kg_edges WHERE ${end} = ?`));
  return {
    remove: (node) => {
      if (!find.all({ node }).every(isOurs)) return false;
      for (const statement of remove) statement.run(node);
      return true;
    },
  };
}

function isOurs({ id, edgeType, fromNode, toNode }: EdgeRow): boolean {
  if (edgeType === null || fromNode === null || toNode === null) return false;
  return id === edgeId({ edgeType, fromNode, toNode });
}
