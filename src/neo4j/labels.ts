import { ENTITY_TYPES } from '../model/entity.ts';
import { AUDIT_EVENT } from '../model/node.ts';

/** What every node has that this program makes as one of the graph: ids are unique among these. */
export const GRAPH_NODE = 'KgNode';

/** The types that this program makes, whose labels are known without being asked of anybody. */
export const OWN_TYPES = [AUDIT_EVENT, ...ENTITY_TYPES] as const;

const TYPES_OF_LABELS: ReadonlyMap<string, string> = new Map(OWN_TYPES.map((type) => [labelOf(type), type]));

/** The label of nodes of a type: `AuditEvent` of `audit_event`. A type that others chose may be anything; its own name stands in the node. */
export function labelOf(type: string): string {
  const label = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(type) ? type.split('_').map(capitalize).join('') : type;
  return nameOnly(label);
}

/** The type of a relationship: what it is called, as far as a name can be that. */
export const relationshipOf = (edgeType: string): string => nameOnly(edgeType);

/** The type of a node of others, by its labels in their order: `audit_event` of `AuditEvent`, else the first label as it is. */
export function typeOfLabels(labels: readonly string[]): string | null {
  const known = labels.map((label) => TYPES_OF_LABELS.get(label)).find((type) => type !== undefined);
  return known ?? labels.find((label) => label !== GRAPH_NODE) ?? null;
}

/** A label or type as it stands in a statement. */
export const quoteName = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

function capitalize(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

/** Quotes and escapes in names have let data speak Cypher before, so there are none. */
function nameOnly(text: string): string {
  return text.replace(/[^\p{L}\p{N}_ .-]/gu, '_') || '_';
}
