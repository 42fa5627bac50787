import { type EntityNode, entityNode, MAIN_TRAIL } from '../model/entity.ts';
import { AuditError } from '../model/errors.ts';
import { nodeId } from '../model/key.ts';
import type { EdgeEnd } from '../model/linker.ts';
import { AUDIT_TRAIL, type TrailLookup } from '../model/trail.ts';

/** So many trails are named where there is more than one to choose from. */
const TOLD = 5;

/**
 * The trail that events hang on: the named one, else the graph's main or only one; as a node to be made where it is not
 * there. Throws where it cannot be told which of several is meant.
 */
export async function chooseTrail(trails: TrailLookup, name: string | undefined, now: string): Promise<EdgeEnd> {
  const id = await (name === undefined ? usualTrail(trails) : namedTrail(trails, name));
  return id !== undefined && (await trails.has(id)) ? { id } : trailNode(id ?? MAIN_TRAIL, now);
}

/** The same of a graph that is to be left as it is: undefined where there is none, an error where a named one is not there. */
export async function findTrail(trails: TrailLookup, name: string | undefined): Promise<string | undefined> {
  if (name === undefined) return usualTrail(trails);
  const id = await namedTrail(trails, name);
  if (await trails.has(id)) return id;
  const [first] = await trails.ids(1);
  const hint = first === undefined ? 'the graph has none; link makes the main one' : `name another one, like ${first}`;
  throw new AuditError('trail-not-found', `the graph has no trail ${id}`, hint);
}

/**
 * What is to be said of where events will hang: on a node that is no trail any more, or on a second trail, whose name may
 * be misspelt.
 */
export async function warnOfTrail(trails: TrailLookup, name: string | undefined): Promise<readonly string[]> {
  const id = name === undefined ? ((await usualTrail(trails)) ?? MAIN_TRAIL) : await namedTrail(trails, name);
  if (await trails.has(id)) return [];
  if (await trails.isTaken(id)) return [`${noTrail(id).message}: no trail shows what hangs on it`];
  const [other] = await trails.ids(1);
  if (other === undefined) return [];
  return [`the graph has another trail, and no ${id}: it is made with its first event`];
}

/** Why a trail cannot be made: its id is taken. */
export function noTrail(id: string): AuditError {
  const hint = 'bring it back, or name another trail with --trail';
  return new AuditError('trail-not-found', `node ${id} is there, but is deleted or no trail`, hint);
}

/** What a trail is where it is made. */
function trailNode(id: string, now: string): EntityNode {
  return { ...entityNode(AUDIT_TRAIL, id.slice(AUDIT_TRAIL.length + 1), { created: now }), id };
}

/** Users leave the type out; a trail that others made may be without it. */
async function namedTrail(trails: TrailLookup, name: string): Promise<string> {
  if (name.startsWith(`${AUDIT_TRAIL}:`) || (await trails.has(name))) return name;
  return nodeId(AUDIT_TRAIL, name);
}

async function usualTrail(trails: TrailLookup): Promise<string | undefined> {
  if (await trails.has(MAIN_TRAIL)) return MAIN_TRAIL;
  const ids = await trails.ids(TOLD + 1);
  if (ids.length <= 1) return ids[0];
  const names = ids.slice(0, TOLD).join(', ');
  const more = ids.length > TOLD ? ' and others' : '';
  throw new AuditError('trail-ambiguous', `the graph has several trails: ${names}${more}`, 'name one with --trail');
}
