import type { RecordCleaner } from '../model/change.ts';
import type { StoredNode } from '../model/node.ts';
import type { Redactor } from '../model/redaction.ts';
import { cleanId } from './clean-id.ts';

/** Rids records of secrets as a redactor knows them. */
export function recordCleaner(redactor: Redactor): RecordCleaner {
  return {
    id: (id) => cleanId(id, redactor),
    text: (text) => redactor.clean(text),
    node: (node) => cleanNode(node, redactor),
    properties: (json) => redactor.cleanJson(json),
  };
}

/** A node as it is shown: whoever wrote it, it may hold secrets. */
export function cleanNode(node: StoredNode, redactor: Redactor): StoredNode {
  const clean = (text: string | null | undefined) => (typeof text === 'string' ? redactor.clean(text) : text);
  return {
    id: typeof node.id === 'string' ? cleanId(node.id, redactor) : node.id,
    nodeType: clean(node.nodeType),
    subtype: clean(node.subtype),
    name: clean(node.name),
    properties: typeof node.properties === 'string' ? redactor.cleanJson(node.properties) : node.properties,
    sourceTable: clean(node.sourceTable),
    sourceId: typeof node.sourceId === 'string' ? cleanId(`:${node.sourceId}`, redactor).slice(1) : node.sourceId,
  };
}
