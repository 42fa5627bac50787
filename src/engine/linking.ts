import type { AnyExtractor } from '../model/extractor.ts';
import type { LinkedEdges, LinkedEvent } from '../model/linker.ts';
import type { StoredNode } from '../model/node.ts';
import type { Properties } from '../model/properties.ts';
import type { LinkEvent } from './link-events.ts';

/** Makes the edges of a node of an extractor; `session` is null where none is known, `said` what its properties say, if that was read. */
export function edgesOfNode(
  extractor: Pick<AnyExtractor, 'cutLists'> | undefined,
  link: LinkEvent,
  node: StoredNode,
  session: string | null,
  said?: Properties,
): LinkedEdges {
  const event = toEvent(node, session, said);
  return { links: link(event), isCut: isCut(extractor?.cutLists ?? {}, event) };
}

function toEvent(
  { id, subtype, properties }: StoredNode,
  session: string | null,
  said: Properties | undefined,
): LinkedEvent {
  return { id: id ?? '', subtype: subtype ?? '', properties: said ?? readProperties(properties), session };
}

/** What others have made of a node may be no JSON. */
function readProperties(text: string | null | undefined): { readonly [name: string]: unknown } {
  try {
    const properties: unknown = JSON.parse(text ?? '{}');
    return typeof properties === 'object' && properties !== null ? { ...properties } : {};
  } catch {
    return {};
  }
}

function isCut(lists: { readonly [property: string]: number }, { properties }: LinkedEvent): boolean {
  return Object.entries(lists).some(([property, most]) => {
    const list = properties[property];
    return Array.isArray(list) && list.length >= most;
  });
}
