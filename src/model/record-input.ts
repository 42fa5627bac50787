import { type EdgeContent, edgeId, type GraphEdge } from './edge.ts';
import { AuditError, reasonOf } from './errors.ts';
import type { EdgeInput, NodeInput } from './graph-store.ts';
import { isJsonObject } from './is-json-object.ts';
import { type JsonObject, toJson } from './json.ts';
import { withoutLayout } from './json-layout.ts';
import { isTooLongForId } from './key.ts';
import type { NodeRecord } from './node.ts';

/** A node that is given, as it is to stand in a graph. Throws where it cannot. */
export function nodeOf({ id, nodeType, name, ...rest }: NodeInput): NodeRecord {
  const what = `node ${id}`;
  requireText('a node', 'id', id);
  if (isTooLongForId(id)) throw invalid('a node', 'has an id of more than 512 bytes', 'give a shorter one');
  requireText(what, 'nodeType', nodeType);
  requireText(what, 'name', name);
  return {
    id,
    nodeType,
    subtype: rest.subtype ?? null,
    name,
    properties: jsonOf(what, rest.properties ?? {}),
    sourceTable: rest.sourceTable ?? null,
    sourceId: rest.sourceId ?? null,
  };
}

/** The same of an edge. */
export function edgeOf({ edgeType, fromNode, toNode, properties }: EdgeInput): GraphEdge {
  for (const [name, value] of Object.entries({ edgeType, fromNode, toNode })) requireText('an edge', name, value);
  const ends: Omit<EdgeContent, 'properties'> = { edgeType, fromNode, toNode };
  const id = edgeId(ends);
  return { id, ...ends, properties: properties == null ? null : jsonOf(`edge ${id}`, properties) };
}

function requireText(what: string, name: string, value: unknown): void {
  if (typeof value === 'string' && value !== '' && value.isWellFormed()) return;
  throw invalid(what, `has no proper ${name}`, 'give a text that is not empty');
}

function jsonOf(what: string, properties: JsonObject | string): string {
  if (typeof properties !== 'string') return written(what, properties);
  if (isJsonObject(properties)) return withoutLayout(properties);
  throw invalid(what, 'has properties that are no JSON object', 'give an object, or the JSON text of one');
}

function written(what: string, properties: JsonObject): string {
  try {
    return withoutLayout(toJson(properties));
  } catch (error) {
    throw invalid(what, `has properties that cannot be written: ${reasonOf(error)}`, 'give what JSON can hold');
  }
}

function invalid(what: string, why: string, hint: string): AuditError {
  return new AuditError('record-invalid', `${what} ${why}`, hint);
}
