import { edgeId } from '../model/edge.ts';
import type { EntityNode } from '../model/entity.ts';
import { AuditError } from '../model/errors.ts';
import { toJson } from '../model/json.ts';
import type { EdgeDraft, EdgeEnd, Link, LinkContext, Linker } from '../model/linker.ts';
import type { StoredNode } from '../model/node.ts';

/** A node that edges are wanted of, and the session it belongs to. */
export interface LinkableNode {
  readonly node: StoredNode;
  readonly session: string | null;
}

/** Makes the edges of events. */
export type LinkEvent = (event: LinkableNode) => readonly Link[];

/** What some linkers make of events. */
export function linkEvents(linkers: readonly Linker[], context: LinkContext): LinkEvent {
  return ({ node, session }) => {
    const { id, subtype, properties } = node;
    if (typeof id !== 'string') return [];
    const event = { id, subtype: subtype ?? '', properties: readProperties(properties), session };
    return linkers.flatMap((linker) => {
      try {
        return Array.from(linker.link(event, context), (draft) => toLink(linker.edgeType, draft));
      } catch (error) {
        throw failureOf(linker, error);
      }
    });
  };
}

function toLink(edgeType: string, { from, to, properties }: EdgeDraft): Link {
  const ends = { edgeType, fromNode: from.id, toNode: to.id };
  const text = properties === undefined ? null : toJson(properties);
  return { edge: { id: edgeId(ends), ...ends, properties: text }, entities: [from, to].filter(isEntity) };
}

function isEntity(end: EdgeEnd): end is EntityNode {
  return 'nodeType' in end;
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

function failureOf(linker: Linker, error: unknown): AuditError {
  if (error instanceof AuditError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const hint = 'run again with --verbose to see where';
  return new AuditError('linker-failed', `linker ${linker.name} failed: ${message}`, hint, error);
}
