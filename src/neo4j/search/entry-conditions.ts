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

/**
 * What is to be true of entries `e`. Each condition is a test and no more: a planner that took one for a way to find entries would leave
 * the order that they are walked along.
 */
export interface EntryConditions {
  /** Where all of them are, and others may be, as conditions that an index serves. */
  readonly parts: readonly string[];
  readonly conditions: readonly string[];
  readonly parameters: { readonly [name: string]: Parameter };
}

/** What a search asks of entries beside their time: they are a few more than those it is about. */
export async function entryConditions(tx: Transaction, filter: NodeFilter): Promise<EntryConditions> {
  const { user, session, subtype, tool, errorType } = filter;
  const conditions: string[] = [];
  let parts: readonly string[] = ['TRUE'];
  const parameters: Record<string, Parameter> = {};
  const isAsked = [session, subtype, tool, errorType].some((value) => value !== undefined);
  const prefixes = isAsked ? await readPrefixes(tx) : [];
  if (user) {
    conditions.push(onlyTested('e.user = $user'));
    parts = ['e.user = $user'];
    parameters['user'] = user;
  }
  if (session) {
    const inKey = inRanges('session', rangesOfSession(prefixes, session), parameters);
    conditions.push(`CASE WHEN e.session = '' THEN ${anyOf(inKey)} ELSE e.session = $session END`);
    parts = ['e.session = $session', ...inKey];
    parameters['session'] = session;
  }
  if (subtype !== undefined) {
    const ranges = (await prefixesOfSubtype(tx, prefixes, subtype)).map(rangeOf);
    conditions.push(onlyTested(anyOf(inRanges('subtype', ranges, parameters))));
  }
  for (const [name, label, value] of [
    ['tool', 'what', tool],
    ['type', 'how', errorType],
  ] as const) {
    if (value === undefined) continue;
    // What others call the same is not known, so theirs are all looked at.
    const errors = rangesOfKind(prefixes, TOOL_ERRORS.prefix);
    const isError = anyOf(inRanges('errors', errors, parameters));
    conditions.push(`CASE WHEN ${isError} THEN e.${label} = $${name} ELSE TRUE END`);
    parameters[name] = firstCodePoints(value, LONGEST_LABEL).toWellFormed();
  }
  return { parts, conditions, parameters };
}

/** The same, and when entries are to be: by their first and last moments, in milliseconds. */
export function atTime(
  { parts, conditions, parameters }: EntryConditions,
  { since, until }: NodeFilter,
): EntryConditions {
  return {
    parts,
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

/** Tests whether a key is in each of some ranges; puts their ends among the parameters. */
function inRanges(name: string, ranges: readonly KeyRange[], parameters: Record<string, Parameter>): readonly string[] {
  return ranges.map(({ low, before }, at) => {
    parameters[`${name}Low${at}`] = low;
    parameters[`${name}Before${at}`] = before;
    return `(e.key >= $${name}Low${at} AND e.key < $${name}Before${at})`;
  });
}

const anyOf = (tests: readonly string[]): string => `(${tests.join(' OR ') || 'FALSE'})`;

const onlyTested = (test: string): string => `CASE WHEN ${test} THEN TRUE ELSE FALSE END`;
