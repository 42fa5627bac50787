import type { Database } from 'better-sqlite3';
import { escapePart } from '../../model/key.ts';
import {
  COMPACTION,
  type ErrorFilter,
  type Listed,
  listed,
  type SessionTrouble,
  TOOL_ERRORS,
} from '../../model/statistics.ts';
import { compareUtf8 } from '../../model/text.ts';
import { readErrorsOfSessions } from './error-counts.ts';
import { momentsOf } from './moments-of.ts';
import type { TaskEdges } from './task-edges.ts';

/** What is asked of sessions. Apart from the reader, so that the plans of all of it can be looked at. */
export const SESSION_QUERIES = {
  /** Those with most errors: by a subtype and a limit. */
  mostErrors: `SELECT session, row_count AS errors FROM audit_sessions WHERE subtype = ? AND row_count > 0
    ORDER BY row_count DESC, session LIMIT ?`,
  /** Those with most compactions: by what they are, from when to when, and a limit. */
  mostCompactions: `SELECT session FROM audit_entries WHERE session <> '' AND what = @what
    AND coalesce(last BETWEEN @from AND @to, @isOpen) GROUP BY session ORDER BY count(*) DESC, session LIMIT @limit`,
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

/** Tells which sessions had most trouble. */
export type ReadTrouble = (filter: ErrorFilter, limit: number) => Listed<SessionTrouble>;

/** Prepares it. */
export function prepareSessionTrouble(db: Database, edges: TaskEdges): ReadTrouble {
  const most = db.prepare<[string, number], Candidate>(SESSION_QUERIES.mostErrors);
  const compacted = db.prepare<[object], string>(SESSION_QUERIES.mostCompactions).pluck();
  const compactions = db.prepare<[object], number>(SESSION_QUERIES.compactions).pluck();
  const errorSpan = db.prepare<[string, string], Span>(SESSION_QUERIES.errorSpan);
  const span = db.prepare<[string], Span>(SESSION_QUERIES.span);

  const withErrors = (filter: ErrorFilter, limit: number): readonly Candidate[] => {
    const isPlain = Object.values(filter).every((value) => value === undefined);
    if (isPlain) return most.all(TOOL_ERRORS.subtype, limit);
    const errors = Array.from(readErrorsOfSessions(db, filter), ([session, count]) => ({ session, errors: count }));
    return errors.toSorted((a, b) => b.errors - a.errors || compareUtf8(a.session, b.session)).slice(0, limit);
  };

  const candidates = (filter: ErrorFilter, limit: number): readonly Candidate[] => {
    const found = withErrors(filter, limit);
    if (found.length >= limit || filter.tool !== undefined || filter.errorType !== undefined) return found;
    const known = new Set(found.map(({ session }) => session));
    const others = compacted.all({ what: COMPACTION, ...momentsOf(filter), limit: limit + known.size });
    const added = others.filter((session) => !known.has(session)).map((session) => ({ session, errors: 0 }));
    return [...found, ...added].slice(0, limit);
  };

  const troubleOf = ({ session, errors }: Candidate, filter: ErrorFilter, hasTasks: boolean): SessionTrouble => {
    const keys = errorKeys(session);
    const moments = momentsOf(filter);
    // Of rows that were then no more is kept than their days.
    const spans = moments.isOpen ? [errorSpan.get(...keys), span.get(session)] : [];
    return {
      session,
      errors,
      compactions: compactions.get({ session, what: COMPACTION, ...moments }) ?? 0,
      failedTasks: hasTasks ? edges.failedTasksOf(keys, filter) : null,
      first: extreme(Math.min, ...spans.map((one) => one?.first)),
      last: extreme(Math.max, ...spans.map((one) => one?.last)),
    };
  };

  return (filter, limit) => {
    const hasTasks = edges.any();
    const found = listed(candidates(filter, limit + 1), limit);
    return { rows: found.rows.map((one) => troubleOf(one, filter, hasTasks)), more: found.more };
  };
}

/** The range of the keys of a session's errors. */
function errorKeys(session: string): readonly [from: string, before: string] {
  const begin = `${TOOL_ERRORS.prefix}:${escapePart(session)}`;
  return [`${begin}:`, `${begin};`];
}

function extreme(choose: (...moments: number[]) => number, ...moments: (number | null | undefined)[]): number | null {
  const known = moments.filter((moment) => typeof moment === 'number');
  return known.length === 0 ? null : choose(...known);
}
