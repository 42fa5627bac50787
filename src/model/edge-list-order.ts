import type { EdgePage, EdgeQuestion } from './edge-list.ts';
import { AuditError } from './errors.ts';
import type { KeptEdge } from './graph-store.ts';

/** What lists of edges are put in order by. */
export type EdgeOrderField = 'id' | 'edgeType' | 'fromNode' | 'toNode';

/** The order of edges between two nodes. */
export const BETWEEN = ['edgeType', 'id'] as const satisfies readonly EdgeOrderField[];

/** What a list is put in order by: ids, or type and other end where it is of one node. */
export function edgeListOrder({ type, from, to }: EdgeQuestion): readonly EdgeOrderField[] {
  if (from !== undefined && to !== undefined) return type === undefined ? BETWEEN : ['id'];
  if (from === undefined && to === undefined) return ['id'];
  const other = from === undefined ? 'fromNode' : 'toNode';
  return type === undefined ? ['edgeType', other, 'id'] : [other, 'id'];
}

/** Throws where a place is none in a list of an order. */
export function requireEdgePlace({ after }: EdgeQuestion, order: readonly EdgeOrderField[]): void {
  if (after === undefined || after.length === order.length) return;
  throw new AuditError('usage', 'the place is none in this list of edges', 'begin with its first page');
}

/** A page of edges that were read in an order, one more than it has where there are more. */
export function edgePageOf(edges: readonly KeptEdge[], limit: number, order: readonly EdgeOrderField[]): EdgePage {
  const last = edges.length > limit ? edges[limit - 1] : undefined;
  return { edges: edges.slice(0, limit), next: last && order.map((field) => last[field]) };
}
