import { AuditError } from '../model/errors.ts';
import { MAX_ID_BYTES } from '../model/key.ts';
import type { EdgeDraft, EdgeEnd, Linker } from '../model/linker.ts';
import { AUDIT_EVENT } from '../model/node.ts';

/** A UTF-16 unit has three bytes of UTF-8 at the most. */
const SURELY_SHORT = Math.floor(MAX_ID_BYTES / 3);

/** Makes sure of what a linker from outside may get wrong: whatever it makes stands in the graph for good. */
export function requireDraft(linker: Linker, draft: EdgeDraft): void {
  if (!isObject(draft)) throw breachOf(linker, 'made an edge that is no object');
  requireEnd(linker, 'from', draft.from);
  requireEnd(linker, 'to', draft.to);
  const { properties } = draft;
  if (properties !== undefined && !isObject(properties))
    throw breachOf(linker, 'made an edge whose properties are no object');
}

function requireEnd(linker: Linker, which: string, end: EdgeEnd): void {
  const breach = (what: string) => breachOf(linker, `made an edge whose '${which}' ${what}`);
  if (!isObject(end)) throw breach('is no object');
  const { id } = end;
  if (typeof id !== 'string' || id === '') throw breach('has no id');
  if (!id.isWellFormed()) throw breach('has an id that is no text');
  if (id.length > SURELY_SHORT && Buffer.byteLength(id) > MAX_ID_BYTES) {
    throw breach(`has an id of more than ${MAX_ID_BYTES} bytes`);
  }
  if (!('nodeType' in end)) return;
  const { nodeType, name, properties } = end;
  if (typeof nodeType !== 'string' || nodeType === '') throw breach('has a node type that is no text');
  if (nodeType === AUDIT_EVENT) throw breach('would make an event, which is what extractors do');
  if (typeof name !== 'string') throw breach('has no name');
  if (!isObject(properties)) throw breach('has properties that are no object');
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

function breachOf(linker: Linker, what: string): AuditError {
  const hint = 'mend the linker; docs/graph.md has an example';
  return new AuditError('linker-failed', `linker ${linker.name} ${what}`, hint);
}
