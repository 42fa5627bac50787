import { hash } from 'node:crypto';
import { actorOf } from '../model/actor.ts';
import { edgeId } from '../model/edge.ts';
import { type EntityNode, entityRecord } from '../model/entity.ts';
import { AuditError } from '../model/errors.ts';
import { toJson } from '../model/json.ts';
import type { EdgeDraft, EdgeEnd, Link, LinkContext, LinkedEvent, Linker } from '../model/linker.ts';
import type { NodeRecord } from '../model/node.ts';

/** Makes the edges of an event. */
export type LinkEvent = (event: LinkedEvent) => readonly Link[];

/** What some linkers make of events. */
export function linkEvents(linkers: readonly Linker[], context: LinkContext): LinkEvent {
  const signed = linkers.map((linker) => ({ linker, actor: actorOf(linker) }));
  let trail: NodeRecord | undefined;
  const recordOf = (entity: EntityNode): NodeRecord => {
    if (entity !== context.trail) return entityRecord(entity);
    // Every event hangs on it, and it is the same for all.
    trail ??= entityRecord(entity);
    return trail;
  };
  return (event) => {
    const links: Link[] = [];
    for (const { linker, actor } of signed) {
      try {
        for (const draft of linker.link(event, context)) links.push(toLink(linker, draft, actor, recordOf));
      } catch (error) {
        throw failureOf(linker, error);
      }
    }
    return links;
  };
}

/** What linkers go by: others, or of another version, may make other edges. */
export function linkersDigest(linkers: readonly Linker[], trail: string | undefined): string {
  const parts = linkers.map(({ name, version, edgeType }) => [name, version, edgeType]);
  return hash('sha256', JSON.stringify([parts, trail ?? null]), 'hex');
}

function toLink(
  { edgeType }: Linker,
  { from, to, properties }: EdgeDraft,
  actor: string,
  recordOf: (entity: EntityNode) => NodeRecord,
): Link {
  const [fromNode, toNode] = [from.id, to.id];
  const text = properties === undefined ? null : toJson(properties);
  const entities: NodeRecord[] = [];
  if (isEntity(from)) entities.push(recordOf(from));
  if (isEntity(to)) entities.push(recordOf(to));
  return {
    edge: { id: edgeId({ edgeType, fromNode, toNode }), edgeType, fromNode, toNode, properties: text },
    entities,
    actor,
  };
}

function isEntity(end: EdgeEnd): end is EntityNode {
  return 'nodeType' in end;
}

function failureOf(linker: Linker, error: unknown): AuditError {
  if (error instanceof AuditError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const hint = 'run again with --verbose to see where';
  return new AuditError('linker-failed', `linker ${linker.name} failed: ${message}`, hint, error);
}
