import type { RecordCleaner } from './change.ts';
import type { GraphEdge } from './edge.ts';
import { AuditError } from './errors.ts';
import type { EdgeInput, NodeInput } from './graph-store.ts';
import type { NodeRecord } from './node.ts';
import { edgeOf, nodeOf } from './record-input.ts';

/** A node that is given, without its secrets. Throws where its id has one, which would be that of other nodes, too. */
export function cleanNodeInput(input: NodeInput, cleaner: RecordCleaner): NodeRecord {
  const node = nodeOf(input);
  if (cleaner.id(node.id) !== node.id) {
    throw new AuditError('record-invalid', 'the id of a node has a secret in it', 'give it another id');
  }
  const clean = cleaner.node(node);
  return {
    ...{ id: node.id, nodeType: clean.nodeType ?? node.nodeType, name: clean.name ?? node.name },
    properties: clean.properties ?? node.properties,
    ...{ subtype: clean.subtype ?? null, sourceTable: clean.sourceTable ?? null, sourceId: clean.sourceId ?? null },
  };
}

/** The same of an edge. */
export function cleanEdgeInput(input: EdgeInput, cleaner: RecordCleaner): GraphEdge {
  const edge = edgeOf(input);
  if (cleaner.id(edge.id) !== edge.id) {
    throw new AuditError('record-invalid', 'the type or an end of an edge has a secret in it', 'give it others');
  }
  return { ...edge, properties: edge.properties && cleaner.properties(edge.properties) };
}
