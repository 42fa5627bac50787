import { hash } from 'node:crypto';
import { actorOf } from '../model/actor.ts';
import { edgeId } from '../model/edge.ts';
import { type EntityNode, entityRecord } from '../model/entity.ts';
import { AuditError } from '../model/errors.ts';
import { toJson } from '../model/json.ts';
import type { EdgeDraft, EdgeEnd, Link, LinkContext, LinkedEvent, Linker } from '../model/linker.ts';

/** Makes the edges of an event. */
export type LinkEvent = (event: LinkedEvent) => readonly Link[];

/** What some linkers make of events. */
export function linkEvents(linkers: readonly Linker[], context: LinkContext): LinkEvent {
  return (event) =>
    linkers.flatMap((linker) => {
      try {
        return Array.from(linker.link(event, context), (draft) => toLink(linker, draft));
      } catch (error) {
        throw failureOf(linker, error);
      }
    });
}

/** What linkers go by: others, or of another version, may make other edges. */
export function linkersDigest(linkers: readonly Linker[], trail: string | undefined): string {
  const parts = linkers.map(({ name, version, edgeType }) => [name, version, edgeType]);
  return hash('sha256', JSON.stringify([parts, trail ?? null]), 'hex');
}

function toLink(linker: Linker, draft: EdgeDraft): Link {
  const { from, to, properties } = draft;
  const ends = { edgeType: linker.edgeType, fromNode: from.id, toNode: to.id };
  const text = properties === undefined ? null : toJson(properties);
  return {
    edge: { id: edgeId(ends), ...ends, properties: text },
    entities: [from, to].filter(isEntity).map(entityRecord),
    actor: actorOf(linker),
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
