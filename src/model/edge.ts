import { escapePart } from './key.ts';

/** An edge as it is to stand in `kg_edges`; `properties` is compact JSON text, or null where there is nothing to say. */
export interface GraphEdge {
  readonly id: string;
  readonly edgeType: string;
  readonly fromNode: string;
  readonly toNode: string;
  readonly properties: string | null;
}

/** What an edge says, before it has its id. */
export type EdgeContent = Omit<GraphEdge, 'id'>;

/** Where the ids of edges of a type begin and end, as this program makes them. */
export function idsOfType(edgeType: string): readonly [from: string, before: string] {
  const type = escapePart(edgeType);
  return [`${type}:`, `${type};`];
}

/** The id of the edge of a type between two nodes: one at the most (SPEC section 2). */
export function edgeId({ edgeType, fromNode, toNode }: Omit<EdgeContent, 'properties'>): string {
  return `${escapePart(edgeType)}:${escapePart(fromNode)}->${escapePart(toNode)}`;
}
