import type { GraphEdge } from './edge.ts';
import { isJsonObject } from './is-json-object.ts';
import { NODE_FIELDS, type StoredNode } from './node.ts';
import { rawMember } from './raw-member.ts';

/** What is done to a record: a node or an edge. `prune` is what befalls the log of changes itself. */
export const OPERATIONS = ['insert', 'update', 'delete', 'soft_delete', 'restore', 'prune'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** The component of changes to the log itself. */
export const CHANGE_LOG = 'change_log';

/** A change on its way into the log. */
export interface LoggedChange {
  /** The type of the node or edge. */
  readonly component: string;
  readonly recordId: string;
  readonly operation: Operation;
  /** Who did it: an extractor or linker with its version, or a person. */
  readonly actor: string;
  /** What the record said before and says since, as JSON; undefined where there was none, or is none. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** A change as the log tells it. */
export interface ChangeRecord {
  /** What tells it from all others; those of one transaction's new records differ after the point. */
  readonly number: string;
  /** ISO 8601. */
  readonly timestamp: string;
  readonly component: string;
  readonly recordId: string;
  readonly operation: string;
  readonly actor: string;
  /** The run that made it; null where it was none. */
  readonly run: number | null;
  /** JSON, or null; what a new record said is what the next change found, or what it says now. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Which changes are wanted, the newest first; all of them unless something is given. */
export interface ChangeQuestion {
  readonly component?: string | undefined;
  readonly record?: string | undefined;
  readonly operation?: Operation | undefined;
  readonly actor?: string | undefined;
  /** In milliseconds since 1970, ends included. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Some changes, and whether there are more of them. */
export interface FoundChanges {
  readonly changes: readonly ChangeRecord[];
  readonly more: boolean;
}

/** Reads the log of changes. */
export interface ChangeReader {
  find(question: ChangeQuestion): Promise<FoundChanges>;
  /** How many changes are older than a moment, those of the log itself left out. */
  countBefore(moment: number): Promise<number>;
}

/** Rids records of secrets before they go into the log: what others wrote may hold some. */
export interface RecordCleaner {
  id(id: string): string;
  /** Of any other text: who did it, and the type of the record. */
  text(text: string): string;
  node(node: StoredNode): StoredNode;
  /** The properties of an edge. */
  properties(json: string): string;
}

/** A node as JSON, with the names of its columns; `deletedAt` where it is marked as deleted. */
export function nodeJson(node: StoredNode, deletedAt?: string): string {
  const members = Object.entries(NODE_FIELDS).map(([name, field]) => member(name, node[field]));
  if (deletedAt !== undefined) members.push(member('deleted_at', deletedAt));
  return `{${members.join(',')}}`;
}

/** An edge as JSON, with the names of its columns. */
export function edgeJson({ id, edgeType, fromNode, toNode, properties }: GraphEdge): string {
  const fields = { id, edge_type: edgeType, from_node: fromNode, to_node: toNode, properties };
  return `{${Object.entries(fields)
    .map(([name, value]) => member(name, value))
    .join(',')}}`;
}

/** The edge that the log tells of, its properties to the last digit; undefined where it tells of a node. */
export function edgeOfJson(id: string, json: string): GraphEdge | undefined {
  const said: { readonly [name: string]: unknown } = JSON.parse(json);
  const text = (name: string) => String(said[name] ?? '');
  if (text('from_node') === '') return undefined;
  const properties = typeof said['properties'] === 'string' ? said['properties'] : rawMember(json, 'properties');
  return {
    id,
    edgeType: text('edge_type'),
    fromNode: text('from_node'),
    toNode: text('to_node'),
    properties: said['properties'] === null ? null : (properties ?? null),
  };
}

const ID_MEMBERS: ReadonlySet<string> = new Set(['id', 'from_node', 'to_node']);

/** What the log keeps of a record, without what is a secret by now. */
export function cleanRecordJson(json: string, cleaner: RecordCleaner): string {
  const record: { readonly [name: string]: unknown } = JSON.parse(json);
  const members = Object.entries(record).map(([name, value]) => {
    if (typeof value !== 'string') return `"${name}":${cleaner.properties(rawMember(json, name) ?? 'null')}`;
    // A source id is an id without its beginning.
    const clean = name === 'source_id' ? cleaner.id(`:${value}`).slice(1) : cleaner.id(value);
    return `"${name}":${ID_MEMBERS.has(name) || name === 'source_id' ? JSON.stringify(clean) : cleaner.properties(JSON.stringify(value))}`;
  });
  return `{${members.join(',')}}`;
}

/** Properties stand as the object that they are. */
function member(name: string, value: string | null | undefined): string {
  const isObject = name === 'properties' && typeof value === 'string' && isJsonObject(value);
  return `"${name}":${isObject ? value : JSON.stringify(value ?? null)}`;
}
