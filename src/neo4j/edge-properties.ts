import type { EdgeContent } from '../model/edge.ts';
import { relationshipOf } from './labels.ts';

/** What is to stand in an edge. Its id is made of what it joins, and its type is that of the relationship where it can be: neither is kept twice. */
export function edgeProperties({ edgeType, properties }: Pick<EdgeContent, 'edgeType' | 'properties'>, now: string) {
  const type = relationshipOf(edgeType) === edgeType ? null : edgeType;
  return { edge_type: type, properties, updated_at: now };
}
