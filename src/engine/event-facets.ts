import { type EventFacets, LONGEST_LABEL } from '../model/event-facets.ts';
import { spanOf } from '../model/event-span.ts';
import type { NodeContent } from '../model/extractor.ts';
import { escapePart, withoutPrefix } from '../model/key.ts';
import { textToIndex } from '../model/node-texts.ts';
import { firstCodePoints } from '../model/text.ts';

/** What an extractor says of a node, once its name is on one line. */
type Said = Pick<NodeContent, 'name' | 'properties' | 'facets'>;

/** What is kept of an event's facets: what its node says, and what its extractor adds to that. */
export function writeFacets({ name, properties, facets = {} }: Said, key: string): EventFacets {
  const span = spanOf(properties) ?? spanOf({ first_occurrence: facets.first, last_occurrence: facets.last });
  const session = textOrNull(textOf(properties['session_id']) ?? facets.session, Number.POSITIVE_INFINITY);
  const what = textOrNull(facets.what, LONGEST_LABEL);
  const how = textOrNull(facets.how, LONGEST_LABEL);
  return {
    first: span?.first ?? null,
    last: span?.last ?? null,
    session: session !== null && beginsWith(key, session) ? '' : session,
    user: textOrNull(textOf(properties['userUID']) ?? facets.user, Number.POSITIVE_INFINITY),
    what,
    how,
    text: textToIndex({ name, properties }, what, how),
    days: facets.days === undefined ? null : JSON.stringify(facets.days),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function textOrNull(text: string | null | undefined, longest: number): string | null {
  return typeof text === 'string' && text !== '' ? firstCodePoints(text, longest).toWellFormed() : null;
}

/** Whether a text is the first of the parts that a key is made of. */
function beginsWith(key: string, part: string): boolean {
  return withoutPrefix(key).startsWith(`${escapePart(part)}:`);
}
