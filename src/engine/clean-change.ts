import type { Change, StoredNode } from '../model/node.ts';
import type { Redactor } from '../model/redaction.ts';
import { cleanId } from './clean-id.ts';

/** A change as it is shown: what stood there before may hold secrets, whoever wrote it. */
export function cleanChange(change: Change, redactor: Redactor): Change {
  return change.action === 'update' ? { ...change, before: cleanNode(change.before, redactor) } : change;
}

function cleanNode(node: StoredNode, redactor: Redactor): StoredNode {
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
