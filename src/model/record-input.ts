import { type EdgeContent, edgeId, type GraphEdge } from './edge.ts';
import { AuditError, reasonOf } from './errors.ts';
import type { EdgeInput, NodeInput } from './graph-store.ts';
import { isJsonObject } from './is-json-object.ts';
import { type JsonObject, toJson } from './json.ts';
import { withoutLayout } from './json-layout.ts';
import { isTooLongForId } from './key.ts';
import type { NodeRecord } from './node.ts';

/** Longer names say less. */
const LONGEST_ACTOR = 200;

/** Who is said to write. Throws where that is no name. */
export function actorName(actor: string): string {
  requireText('who writes', 'name', actor);
  if (actor.trim() !== '' && actor.length <= LONGEST_ACTOR) return actor;
  throw invalid('who writes', 'has no proper name', `give one of 1 to ${LONGEST_ACTOR} characters`);
}

/** A node that is given, as it is to stand in a graph. Throws where it cannot. */
export function nodeOf({ id, nodeType, name, ...rest }: NodeInput): NodeRecord {
  const what = `node ${id}`;
  requireText('a node', 'id', id);
  if (isTooLongForId(id)) throw invalid('a node', 'has an id of more than 512 bytes', 'give a shorter one');
  requireText(what, 'nodeType', nodeType);
  requireText(what, 'name', name);
  for (const field of ['subtype', 'sourceTable', 'sourceId'] as const) {
    if (rest[field] != null && rest[field] !== '') requireText(what, field, rest[field]);
  }
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

/** The edge, where both its ends are there. Throws where one is not. */
export function requireEnds(edge: GraphEdge, hasNode: (id: string) => boolean): GraphEdge {
  const missing = [edge.fromNode, edge.toNode].find((end) => !hasNode(end));
  if (missing === undefined) return edge;
  throw invalid(`an edge needs node ${missing},`, 'which is not there', 'make the node first');
}

function requireText(what: string, name: string, value: unknown): void {
  if (typeof value === 'string' && value !== '' && value.isWellFormed()) return;
  throw invalid(what, `has no proper ${name}`, 'give a text that is not empty');
}

function jsonOf(what: string, properties: JsonObject | string): string {
  const json = typeof properties === 'string' ? properties : written(what, properties);
  if (isJsonObject(json) && json.isWellFormed()) return withoutLayout(json);
  throw invalid(what, 'has properties that are no JSON object', 'give an object, or the JSON text of one');
}

/** A program may give what has no JSON: a date, a number that is none, what contains itself. */
function written(what: string, properties: JsonObject): string {
  try {
    return toJson(properties);
  } catch (error) {
    throw invalid(what, `has properties that cannot be written: ${reasonOf(error)}`, 'give what JSON can say', error);
  }
}

function invalid(what: string, why: string, hint: string, cause?: unknown): AuditError {
  return new AuditError('record-invalid', `${what} ${why}`, hint, cause);
}
