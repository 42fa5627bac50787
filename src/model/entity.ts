import { type JsonObject, toJson } from './json.ts';
import { joinKey, nodeId } from './key.ts';
import type { NodeRecord } from './node.ts';
import { ellipsize, oneLine } from './text.ts';

/** The types of the nodes beside `audit_event` that this program makes. */
export const ENTITY_TYPES = ['audit_trail', 'user', 'session', 'tool', 'agent', 'task'] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

/** The trail of a graph that has no other. */
export const MAIN_TRAIL = 'audit_trail:main';

/** A node that events lead to, or that leads to them. It is made once, and never changed: it may be anybody's by then. */
export interface EntityNode {
  readonly id: string;
  readonly nodeType: string;
  readonly name: string;
  readonly properties: JsonObject;
}

const LONGEST_NAME = 80;

/** `tool:Bash` and its like: the type, and the value with `%` and `:` escaped. */
export function entityId(type: string, value: string): string {
  const key = joinKey('', [value.toWellFormed()]);
  return nodeId(type, key.slice(1));
}

/** The node of an entity; `properties` says what it is, `name` what people call it, its value unless given. */
export function entityNode(
  type: string,
  value: string,
  properties: Readonly<Record<string, string>>,
  name: string = value,
): EntityNode {
  return {
    id: entityId(type, value),
    nodeType: type,
    name: entityName(name),
    properties,
  };
}

/** What an entity is called: one line, and not a long one. */
export function entityName(name: string): string {
  return ellipsize(oneLine(name) ?? 'unknown', LONGEST_NAME).toWellFormed();
}

/** An entity on its way into a graph. Throws on properties that JSON cannot hold. */
export function entityRecord({ id, nodeType, name, properties }: EntityNode): NodeRecord {
  return { id, nodeType, subtype: null, name, properties: toJson(properties), sourceTable: null, sourceId: null };
}
