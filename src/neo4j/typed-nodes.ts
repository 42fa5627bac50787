import { GRAPH_NODE, labelOf, OWN_TYPES, quoteName } from './labels.ts';
import type { Parameters } from './transaction.ts';

/** Some nodes `n`, as a pattern and a condition. */
export interface NodeSource {
  readonly pattern: string;
  readonly condition: string;
}

/** The types of labels that are known, for `NODE_TYPE`. */
export const TYPE_PARAMETERS = {
  typesOf: Object.fromEntries(OWN_TYPES.map((type) => [labelOf(type), type])),
} as const satisfies Parameters;

/** The type of a node `n`, as `toFoundNode` tells it; `TYPE_PARAMETERS` go with it. */
export const NODE_TYPE = `coalesce(n.node_type, [l IN labels(n) WHERE $typesOf[l] IS NOT NULL | $typesOf[l]][0],
  [l IN labels(n) WHERE l <> '${GRAPH_NODE}'][0])`;

/** Of nodes `n`: whether it is not marked as deleted, which an empty text does not. */
export const IS_LIVING = "coalesce(n.deleted_at, '') = ''";

/**
 * Where nodes of a type are, or of any: those with its label, and, where there are nodes of others, what has the type itself
 * for a label. A node may be in two of them.
 */
export function nodeSources(type: string | undefined, hasOthers: boolean): readonly NodeSource[] {
  if (type === undefined) {
    const ours = { pattern: `(n:${GRAPH_NODE})`, condition: 'TRUE' };
    return hasOthers ? [ours, { pattern: '(n)', condition: `NOT n:${GRAPH_NODE}` }] : [ours];
  }
  const labels = hasOthers ? new Set([labelOf(type), type]) : [labelOf(type)];
  return [...labels]
    .filter((label) => label !== '')
    .map((label) => ({ pattern: `(n:${quoteName(label)})`, condition: `${NODE_TYPE} = $type` }));
}
