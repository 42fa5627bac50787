import type { EventFacets } from '../model/event-facets.ts';
import type { AnyExtractor, NodeContent } from '../model/extractor.ts';
import { toJson } from '../model/json.ts';
import { nodeId, withoutPrefix } from '../model/key.ts';
import { AUDIT_EVENT, type GraphNode } from '../model/node.ts';
import { oneLine } from '../model/text.ts';
import { writeFacets } from './event-facets.ts';
import { breachOf } from './extractor-breach.ts';

/** A node's content once its properties are text. */
export type WrittenContent = readonly [name: string, properties: string, sourceId: string, facets: EventFacets];

/** Checks what an extractor says of a node and writes it down. Throws when it is no content. */
export function writeContent(extractor: AnyExtractor, key: string, content: NodeContent): WrittenContent {
  if (typeof content?.name !== 'string') throw breachOf(extractor, 'made a node whose name is no text');
  const name = oneLine(content.name);
  if (name === undefined) throw breachOf(extractor, 'made a node without a name');
  const properties = toJson(content.properties);
  if (!properties.startsWith('{')) throw breachOf(extractor, 'made a node whose properties are no object');
  const sourceId = content.sourceId ?? withoutPrefix(key);
  if (typeof sourceId !== 'string') throw breachOf(extractor, 'made a node whose sourceId is no text');
  const facets = writeFacets({ ...content, name }, key);
  return [name.toWellFormed(), properties, sourceId.toWellFormed(), facets];
}

/** The node with this key and content. */
export function toNode(
  { subtype, table }: Pick<AnyExtractor, 'subtype' | 'table'>,
  key: string,
  [name, properties, sourceId]: readonly [name: string, properties: string, sourceId: string, ...unknown[]],
): GraphNode {
  const id = nodeId(AUDIT_EVENT, key);
  return { id, nodeType: AUDIT_EVENT, subtype, name, properties, sourceTable: table, sourceId };
}
