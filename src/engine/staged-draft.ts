import type { AnyExtractor, NodeContent, PartialDraft, WholeDraft } from '../model/extractor.ts';
import { toJson } from '../model/json.ts';
import { joinKey, joinParts, nodeId, partsOfKey } from '../model/key.ts';
import { AUDIT_EVENT, type GraphNode } from '../model/node.ts';
import type { StagedDraft } from '../model/staging.ts';
import { oneLine } from '../model/text.ts';
import { breachOf, foldOf } from './extractor-breach.ts';

/** A draft's content once its properties are text: what is staged of a whole draft, and what a node is made of. */
type Finished = readonly [name: string, properties: string, sourceId: string];

/** The key of a draft, escaped and joined. Throws when the draft has none. */
export function keyOf(extractor: AnyExtractor, draft: WholeDraft | PartialDraft<unknown>): string {
  if (!Array.isArray(draft.key) || draft.key.length === 0 || draft.key.some((part) => typeof part !== 'string')) {
    throw breachOf(extractor, 'made a key that is no list of texts');
  }
  return joinKey(extractor.prefix, draft.key).toWellFormed();
}

/** A whole draft as staged: finished already. */
export function stageWhole(extractor: AnyExtractor, key: string, content: NodeContent): StagedDraft {
  return { key, whole: true, body: JSON.stringify(finishContent(extractor, key, content)) };
}

/** The node of a staged draft. */
export function toNode(extractor: AnyExtractor, { key, whole, body }: StagedDraft): GraphNode {
  const [name, properties, sourceId]: Finished = whole
    ? JSON.parse(body)
    : finishContent(extractor, key, foldOf(extractor).finish(JSON.parse(body), partsOfKey(key)));
  return {
    id: nodeId(AUDIT_EVENT, key),
    nodeType: AUDIT_EVENT,
    subtype: extractor.subtype,
    name,
    properties,
    sourceTable: extractor.table,
    sourceId,
  };
}

function finishContent(extractor: AnyExtractor, key: string, content: NodeContent): Finished {
  if (typeof content?.name !== 'string') throw breachOf(extractor, 'made a node whose name is no text');
  const name = oneLine(content.name);
  if (name === undefined) throw breachOf(extractor, 'made a node without a name');
  const properties = toJson(content.properties);
  if (!properties.startsWith('{')) throw breachOf(extractor, 'made a node whose properties are no object');
  const sourceId = content.sourceId ?? joinParts(partsOfKey(key));
  if (typeof sourceId !== 'string') throw breachOf(extractor, 'made a node whose sourceId is no text');
  return [name.toWellFormed(), properties, sourceId.toWellFormed()];
}
