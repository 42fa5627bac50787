import type { Database } from 'better-sqlite3';
import { edgeId } from '../../model/edge.ts';
import { quoteName } from '../quote.ts';
import { inspectTable } from '../table-shape.ts';

/** The edges at nodes, as far as this program has made them. */
export interface OwnEdges {
  /** Their ids; undefined where others have made one of them. */
  at(node: string): readonly string[] | undefined;
}

interface Row {
  readonly id: string | null;
  readonly edgeType: string | null;
  readonly fromNode: string | null;
  readonly toNode: string | null;
}

/** Prepares it for `kg_edges` as it stands; an edge is ours where its id says what it joins. */
export function prepareOwnEdges(db: Database): OwnEdges {
  const shape = inspectTable(db, 'kg_edges');
  if (shape === undefined) return { at: () => [] };
  const name = (column: string) => quoteName(shape.column(column)?.name ?? '');
  const ends = ['from_node', 'to_node'].filter((end) => shape.column(end) !== undefined).map(name);
  if (ends.length === 0) return { at: () => [] };
  const value = (column: string) => (shape.column(column) ? `CAST(${name(column)} AS TEXT)` : 'NULL');
  const select = `SELECT ${value('id')} AS id, ${value('edge_type')} AS edgeType, ${value('from_node')} AS fromNode,
    ${value('to_node')} AS toNode FROM kg_edges WHERE`;
  const find = db.prepare<{ node: string }, Row>(ends.map((end) => `${select} ${end} = @node`).join(' UNION ALL '));
  return {
    at: (node) => {
      const ids = find.all({ node }).map(idOfOurs);
      return ids.every((id) => id !== undefined) ? ids : undefined;
    },
  };
}

function idOfOurs({ id, edgeType, fromNode, toNode }: Row): string | undefined {
  if (edgeType === null || fromNode === null || toNode === null) return undefined;
  const ours = edgeId({ edgeType, fromNode, toNode });
  return id === ours ? ours : undefined;
}
