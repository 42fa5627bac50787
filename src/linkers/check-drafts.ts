import { entityName } from '../model/entity.ts';
import { AuditError } from '../model/errors.ts';
import { isTooLongForId } from '../model/key.ts';
import type { EdgeDraft, EdgeEnd, Linker } from '../model/linker.ts';
import { AUDIT_EVENT } from '../model/node.ts';

/**
 * A linker of others, which may yield anything, and change what it is given: what is no edge is told as its failure, before
 * anything is made of it.
 */
export function checkDrafts(linker: Linker): Linker {
  const { name, version, summary, edgeType } = linker;
  return {
    name,
    version,
    summary,
    edgeType,
    *link(event, context) {
      try {
        // Copies, as other linkers go by the same event.
        const drafts: unknown = linker.link(structuredClone(event), structuredClone(context));
        if (!isIterable(drafts)) throw new Wrong('what link gives is no list; make it a generator that is not async');
        for (const draft of drafts) yield checked(draft);
      } catch (error) {
        throw error instanceof Wrong ? failureOf(name, error) : error;
      }
    },
  };
}

/** What is wrong with a draft. */
class Wrong extends Error {}

function failureOf(name: string, { message }: Wrong): AuditError {
  return new AuditError('linker-failed', `linker ${name} failed: ${message}`, 'mend it; docs/graph.md has an example');
}

function checked(draft: unknown): EdgeDraft {
  if (!isObject(draft)) throw new Wrong('what it yields is no edge');
  const { properties } = draft;
  const ends = { from: checkedEnd('from', draft['from']), to: checkedEnd('to', draft['to']) };
  if (properties === undefined) return ends;
  if (!isPropertyList(properties)) throw new Wrong('the properties of an edge are no object');
  return { ...ends, properties };
}

function checkedEnd(place: 'from' | 'to', end: unknown): EdgeEnd {
  const what = `the ${place} of an edge`;
  if (!isObject(end)) throw new Wrong(`${what} is no node`);
  const { id: given, nodeType, name, properties } = end;
  if (!isFilled(given)) throw new Wrong(`${what} has no id that is a text`);
  const id = given.toWellFormed();
  if (nodeType === undefined) return { id };
  if (isTooLongForId(id)) throw new Wrong(`${what} is made with an id that is too long; entityNode makes shorter ones`);
  if (!isFilled(nodeType)) throw new Wrong(`${what} has a nodeType that is no text`);
  if (nodeType === AUDIT_EVENT) throw new Wrong(`${what} is made as an event, which only extractors make`);
  if (!isFilled(name)) throw new Wrong(`${what} has no name that is a text`);
  if (!isPropertyList(properties)) throw new Wrong(`${what} has properties that are no object`);
  return { id, nodeType: nodeType.toWellFormed(), name: entityName(name), properties };
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null;
}

/** What is in them is looked at where JSON is made of it. */
function isPropertyList(value: unknown): value is NonNullable<EdgeDraft['properties']> {
  return isObject(value) && !Array.isArray(value);
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
