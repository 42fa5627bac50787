import type { Database } from 'better-sqlite3';
import {
  COMPACTION,
  type ErrorFilter,
  type Listed,
  listed,
  type SessionTrouble,
  TOOL_ERRORS,
} from '../../model/statistics.ts';
import { compareUtf8 } from '../../model/text.ts';
import { keep } from '../connect.ts';
import { prepareKindRanges } from '../search/key-ranges.ts';
import { readErrorsOfSessions } from './error-counts.ts';
import { momentsOf } from './moments-of.ts';
import type { TaskEdges } from './task-edges.ts';

/** What is asked of sessions. Apart from the reader, so that the plans of all of it can be looked at. */
export const SESSION_QUERIES = {
  /** Those with most errors: by a subtype and a limit. */
  mostErrors: `SELECT session, row_count AS errors FROM audit_sessions WHERE subtype = ? AND row_count > 0
    ORDER BY row_count DESC, session LIMIT ?`,
  errorsOf: 'SELECT row_count FROM audit_sessions WHERE session = ? AND subtype = ?',
  /** Those with compactions, most of them first: by what they are, and from when to when. */
  mostCompactions: `SELECT session FROM audit_entries WHERE session <> '' AND what = @what
    AND coalesce(last BETWEEN @from AND @to, @isOpen) GROUP BY session ORDER BY count(*) DESC, session`,
  compactions: `SELECT count(*) FROM audit_entries WHERE session = @session AND session <> '' AND what = @what
    AND coalesce(last BETWEEN @from AND @to, @isOpen)`,
  /** From when to when the errors of a session are: their keys are a range. */
  errorSpan: 'SELECT min(first) AS first, max(last) AS last FROM audit_entries WHERE key >= ? AND key < ?',
  span: `SELECT min(first) AS first, max(last) AS last FROM audit_entries WHERE session = ? AND session <> ''`,
} as const;

interface Span {
  readonly first: number | null;
  readonly last: number | null;
}

interface Candidate {
  readonly session: string;
  readonly errors: number;
}

interface Compacted extends Candidate {
  readonly compactions: number;
}

/** The errors of sessions. */
interface SessionErrors {
  /** Those with most, equals by name. */
  most(limit: number): readonly Candidate[];
  of(session: string): number;
}

/** Tells which sessions had most trouble. */
export type ReadTrouble = (filter: ErrorFilter, limit: number) => Listed<SessionTrouble>;

/** Prepares it. */
export function prepareSessionTrouble(db: Database, edges: TaskEdges): ReadTrouble {
  const most = db.prepare<[string, number], Candidate>(SESSION_QUERIES.mostErrors);
  const compacted = db.prepare<[object], string>(SESSION_QUERIES.mostCompactions).pluck();
  const compactions = db.prepare<[object], number>(SESSION_QUERIES.compactions).pluck();
  const errorsOf = db.prepare<[string, string], number>(SESSION_QUERIES.errorsOf).pluck();
  const errorSpan = db.prepare<[string, string], Span>(SESSION_QUERIES.errorSpan);
  const span = db.prepare<[string], Span>(SESSION_QUERIES.span);
  const ranges = prepareKindRanges(db);

  const countErrors = (filter: ErrorFilter): SessionErrors => {
    const isPlain = Object.values(filter).every((value) => value === undefined);
    const { subtype } = TOOL_ERRORS;
    if (isPlain) return { most: (limit) => most.all(subtype, limit), of: (one) => errorsOf.get(one, subtype) ?? 0 };
    const counts = readErrorsOfSessions(db, filter);
    const sorted = Array.from(counts, ([session, errors]) => ({ session, errors })).toSorted(
      (a, b) => b.errors - a.errors || compareUtf8(a.session, b.session),
    );
    return { most: (limit) => sorted.slice(0, limit), of: (one) => counts.get(one) ?? 0 };
  };

  /** Sessions among which the first are, so many at the least if there are: of equals in errors all that may come first. */
  const candidates = (filter: ErrorFilter, limit: number): readonly Candidate[] => {
    const counts = countErrors(filter);
    const found = counts.most(limit + 1);
    const errors = found[limit - 1]?.errors ?? 0;
    const isLabelled = filter.tool !== undefined || filter.errorType !== undefined;
    const isTied = errors === 0 ? !isLabelled : found[limit]?.errors === errors;
    if (!isTied) return found;
    const known = new Set(found.map(({ session }) => session));
    const others: Candidate[] = [];
    for (const session of keep(compacted.iterate({ what: COMPACTION, ...momentsOf(filter) }))) {
      if (!known.has(session) && counts.of(session) === errors) others.push({ session, errors });
      if (others.length === limit) break;
    }
    return [...found, ...others];
  };

  const inOrder = (filter: ErrorFilter, limit: number): readonly Compacted[] =>
    candidates(filter, limit)
      .map((one) => ({
        ...one,
        compactions: compactions.get({ session: one.session, what: COMPACTION, ...momentsOf(filter) }) ?? 0,
      }))
      .toSorted((a, b) => b.errors - a.errors || b.compactions - a.compactions || compareUtf8(a.session, b.session))
      .slice(0, limit);

  const troubleOf = (
    { session, errors, compactions: some }: Compacted,
    filter: ErrorFilter,
    hasTasks: boolean,
  ): SessionTrouble => {
    const keys = ranges(TOOL_ERRORS.prefix, session);
    const moments = momentsOf(filter);
    // Of rows that were then no more is kept than their days.
    const spans = moments.isOpen
      ? [...keys.map(({ low, before }) => errorSpan.get(low, before)), span.get(session)]
      : [];
    return {
      session,
      errors,
      compactions: some,
      failedTasks: hasTasks ? edges.failedTasksOf(keys, filter) : null,
      first: extreme(Math.min, ...spans.map((one) => one?.first)),
      last: extreme(Math.max, ...spans.map((one) => one?.last)),
    };
  };

  return (filter, limit) => {
    const hasTasks = edges.any();
    const found = listed(inOrder(filter, limit + 1), limit);
    return { rows: found.rows.map((one) => troubleOf(one, filter, hasTasks)), more: found.more };
  };
}

function extreme(choose: (...moments: number[]) => number, ...moments: (number | null | undefined)[]): number | null {
  const known = moments.filter((moment) => typeof moment === 'number');
  return known.length === 0 ? null : choose(...known);
}
