import { type EventFacets, LONGEST_LABEL } from '../model/event-facets.ts';
import type { Facets } from '../model/facets.ts';
import { toMilliseconds } from '../model/instant.ts';
import { escapePart } from '../model/key.ts';
import { firstCodePoints } from '../model/text.ts';

const LONGEST_TEXT = 2000;

const NOTHING: EventFacets = {
  first: null,
  last: null,
  session: null,
  user: null,
  what: null,
  how: null,
  text: null,
  days: null,
};

/** What is kept of an event's facets. Without any it is found by its name. */
export function writeFacets(facets: Facets | undefined, key: string, name: string): EventFacets {
  if (facets === undefined) return { ...NOTHING, text: textOrNull(name, LONGEST_TEXT) };
  const last = momentOf(facets.last);
  const first = facets.first === facets.last ? last : momentOf(facets.first);
  const session = textOrNull(facets.session, Number.POSITIVE_INFINITY);
  return {
    first: first ?? last,
    last: last ?? first,
    session: session !== null && beginsWith(key, session) ? '' : session,
    user: textOrNull(facets.user, Number.POSITIVE_INFINITY),
    what: textOrNull(facets.what, LONGEST_LABEL),
    how: textOrNull(facets.how, LONGEST_LABEL),
    text: textOrNull(facets.text, LONGEST_TEXT),
    days: facets.days === undefined ? null : JSON.stringify(facets.days),
  };
}

function momentOf(text: string | null | undefined): number | null {
  return text ? (toMilliseconds(text) ?? null) : null;
}

function textOrNull(text: string | null | undefined, longest: number): string | null {
  return typeof text === 'string' && text !== '' ? firstCodePoints(text, longest).toWellFormed() : null;
}

/** Whether a text is the first of the parts that a key is made of. */
function beginsWith(key: string, part: string): boolean {
  const begin = key.indexOf(':') + 1;
  const escaped = escapePart(part);
  return key.startsWith(escaped, begin) && key[begin + escaped.length] === ':';
}
