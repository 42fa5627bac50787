import { badValue } from './bad-value.ts';
import { AUDIT_EVENT } from './node.ts';
import { type Search, SORT_FIELDS, type Sort } from './search.ts';
import { parseTimeRange } from './time-range.ts';
import { wordsOfText } from './words.ts';

/** Which nodes are wanted in which order, as it is written; events unless a type is named, the newest first. */
export interface WrittenSearch {
  readonly type?: string | undefined;
  readonly subtype?: string | undefined;
  readonly session?: string | undefined;
  readonly tool?: string | undefined;
  readonly agent?: string | undefined;
  readonly task?: string | undefined;
  readonly errorType?: string | undefined;
  readonly user?: string | undefined;
  readonly text?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly deleted?: boolean | undefined;
  readonly sort?: string | undefined;
}

/** Understands it; `nameOf` is what its parts are called where it was written. Throws where one of them cannot be. */
export function parseSearch(
  { type = AUDIT_EVENT, deleted, sort, since, until, ...given }: WrittenSearch,
  now: number,
  nameOf: (part: keyof WrittenSearch) => string,
): Pick<Search, 'filter' | 'sort'> {
  const { text } = given;
  if (text !== undefined && wordsOfText(text).length === 0) {
    throw badValue({ name: nameOf('text'), value: text }, 'give words of letters or digits');
  }
  const { subtype, session, tool, agent, task, errorType, user } = given;
  const range = parseTimeRange({ since, until }, now, nameOf);
  const texts = { subtype, session, tool, agent, task, errorType, user, text };
  return {
    filter: { nodeType: type, ...texts, ...range, includeDeleted: deleted },
    sort: parseSort(sort, nameOf('sort')),
  };
}

function parseSort(value: string | undefined, name: string): Sort {
  if (value === undefined) return { field: 'time', isReversed: false };
  const field = SORT_FIELDS.find((one) => value === one || value === `-${one}`);
  if (field !== undefined) return { field, isReversed: value.startsWith('-') };
  throw badValue({ name, value }, `choose one of ${SORT_FIELDS.join(', ')}, with a - before it to turn it round`);
}
