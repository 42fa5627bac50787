import { entityNode, MAIN_TRAIL } from '../model/entity.ts';
import { AuditError } from '../model/errors.ts';
import { nodeId } from '../model/key.ts';
import type { EdgeEnd } from '../model/linker.ts';

const TRAIL = 'audit_trail';
/** So many trails are named where there is more than one to choose from. */
const TOLD = 5;

/** More trails than this need not be looked at to choose one. */
export const TRAILS_LOOKED_AT = TOLD + 1;

/** The id of a trail that a user names, with or without its type. */
export function trailIdOf(name: string): string {
  return name.startsWith(`${TRAIL}:`) ? name : nodeId(TRAIL, name);
}

/**
 * The trail that events hang on: the named one, else the graph's main or only one, which is made where there is none.
 * `trails` are those of the graph. Throws where it cannot be told which of several is meant.
 */
export function chooseTrail(trails: readonly string[], name: string | undefined, now: string): EdgeEnd {
  const wanted = name === undefined ? undefined : trailIdOf(name);
  if (wanted === undefined && trails.length > 1 && !trails.includes(MAIN_TRAIL)) throw ambiguous(trails);
  const id = wanted ?? (trails.includes(MAIN_TRAIL) ? MAIN_TRAIL : (trails[0] ?? MAIN_TRAIL));
  if (trails.includes(id)) return { id };
  return { ...entityNode(TRAIL, id.slice(TRAIL.length + 1), { created: now }), id };
}

function ambiguous(trails: readonly string[]): AuditError {
  const names = trails.slice(0, TOLD).join(', ');
  const more = trails.length > TOLD ? ' and others' : '';
  return new AuditError('trail-ambiguous', `the graph has several trails: ${names}${more}`, 'name one with --trail');
}
