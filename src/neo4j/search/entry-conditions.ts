import { LONGEST_LABEL } from '../../model/event-facets.ts';
import type { NodeFilter } from '../../model/search.ts';
import { TOOL_ERRORS } from '../../model/statistics.ts';
import { firstCodePoints } from '../../model/text.ts';
import {
  type KeyRange,
  prefixesOfSubtype,
  rangeOf,
  rangesOfKind,
  rangesOfSession,
  readPrefixes,
} from '../key-ranges.ts';
import type { Parameter, Transaction } from '../transaction.ts';

/** What is to be true of entries `e`. */
export interface EntryConditions {
  readonly conditions: readonly string[];
  readonly parameters: { readonly [name: string]: Parameter };
}

/** What a search asks of entries beside their time: they are a few more than those it is about. */
export async function entryConditions(tx: Transaction, filter: NodeFilter): Promise<EntryConditions> {
  const { user, session, subtype, tool, errorType } = filter;
  const conditions: string[] = [];
  const parameters: Record<string, Parameter> = {};
  const isAsked = [session, subtype, tool, errorType].some((value) => value !== undefined);
  const prefixes = isAsked ? await readPrefixes(tx) : [];
  if (user) {
    conditions.push('e.user = $user');
    parameters['user'] = user;
  }
  if (session) {
    const inKey = anyRange('session', rangesOfSession(prefixes, session), parameters);
    conditions.push(`(e.session = $session OR (e.session = '' AND ${inKey}))`);
    parameters['session'] = session;
  }
  if (subtype !== undefined) {
    const ranges = (await prefixesOfSubtype(tx, prefixes, subtype)).map(rangeOf);
    conditions.push(anyRange('subtype', ranges, parameters));
  }
  for (const [name, label, value] of [
    ['tool', 'what', tool],
    ['type', 'how', errorType],
  ] as const) {
    if (value === undefined) continue;
    // What others call the same is not known, so theirs are all looked at.
    const errors = rangesOfKind(prefixes, TOOL_ERRORS.prefix);
    conditions.push(`(e.${label} = $${name} OR NOT ${anyRange('errors', errors, parameters)})`);
    parameters[name] = firstCodePoints(value, LONGEST_LABEL).toWellFormed();
  }
  return { conditions, parameters };
}

/** The same, and when entries are to be: by their first and last moments, in milliseconds. */
export function atTime({ conditions, parameters }: EntryConditions, { since, until }: NodeFilter): EntryConditions {
  return {
    conditions: [
      ...conditions,
      ...(since === undefined ? [] : ['e.last >= $since']),
      ...(until === undefined ? [] : ['e.first <= $until']),
    ],
    parameters: {
      ...parameters,
      ...(since !== undefined && { since: BigInt(Math.ceil(since)) }),
      ...(until !== undefined && { until: BigInt(Math.floor(until)) }),
    },
  };
}

/** Whether a key is in one of some ranges; puts their ends among the parameters. */
function anyRange(name: string, ranges: readonly KeyRange[], parameters: Record<string, Parameter>): string {
  const tests = ranges.map(({ low, before }, at) => {
    parameters[`${name}Low${at}`] = low;
    parameters[`${name}Before${at}`] = before;
    return `(e.key >= $${name}Low${at} AND e.key < $${name}Before${at})`;
  });
  return `(${tests.join(' OR ') || 'FALSE'})`;
}
