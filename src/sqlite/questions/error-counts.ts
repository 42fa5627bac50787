import type { Database } from 'better-sqlite3';
import { daysOf } from '../../model/days-of.ts';
import { dayOf, LONGEST_LABEL, sessionOf } from '../../model/event-facets.ts';
import { type DayRange, type ErrorCount, type ErrorFilter, TOOL_ERRORS } from '../../model/statistics.ts';
import { compareUtf8, firstCodePoints } from '../../model/text.ts';
import { keep } from '../connect.ts';
import { momentsOf } from './moments-of.ts';
import { ofKind } from './of-kind.ts';

/** A question as SQL, and the values of its parameters. */
export interface CountQuery {
  readonly sql: string;
  readonly values: Readonly<Record<string, string | number>>;
}

const COLUMNS = { tool: 'what', type: 'how' } as const;

/** Errors by tool or type: of labels alone where no days are asked for, else of what is kept of each event. */
export function labelQuery(by: 'tool' | 'type', filter: ErrorFilter, limit: number): CountQuery {
  const column = COLUMNS[by];
  if (filter.since !== undefined || filter.until !== undefined) {
    const { sql, values } = entriesQuery(filter);
    return {
      sql: `SELECT coalesce(${column}, '') AS name, sum(of_range) AS errors,
          count(*) FILTER (WHERE last BETWEEN @earliest AND @latest) AS events FROM (${sql})
        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT @limit`,
      values: { ...values, limit },
    };
  }
  const { tests, values } = labelTests(filter);
  return {
    sql: `SELECT ${column} AS name, sum(row_count) AS errors, sum(events) AS events FROM audit_labels
      WHERE ${['subtype = @subtype', ...tests].join(' AND ')} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT @limit`,
    values: { ...values, subtype: TOOL_ERRORS.subtype, limit },
  };
}

/** Errors by day, of any tool and type: as they are kept. */
export function dayQuery(range: DayRange, limit: number): CountQuery {
  return {
    sql: `SELECT day AS name, row_count AS errors, events FROM audit_days
      WHERE day BETWEEN @since AND @until AND subtype = @subtype ORDER BY day DESC LIMIT @limit`,
    values: { ...daysOf(range), subtype: TOOL_ERRORS.subtype, limit },
  };
}

/** Errors by day of one tool or type: a row for each day that rows are told of, and for each that all rows of an event are of. */
export function dayOfLabelQuery(filter: ErrorFilter): CountQuery {
  const { sql, values } = entriesQuery(filter);
  return {
    sql: `SELECT day, min(last) AS last, sum(errors) AS errors, sum(events) AS events FROM (
        SELECT NULL AS day, last, CASE WHEN days IS NULL THEN of_range ELSE 0 END AS errors, 1 AS events FROM (${sql})
        UNION ALL SELECT value ->> 0, NULL, value ->> 1, 0 FROM (${sql}) AS entry, json_each(entry.days)
          WHERE entry.days IS NOT NULL AND value ->> 0 BETWEEN @since AND @until)
      GROUP BY day, floor(last / 86400000.0)`,
    values: { ...daysOf(filter), ...values },
  };
}

/** What is kept of each event with errors that are wanted, and how many are within the days. */
export function entriesQuery(filter: ErrorFilter): CountQuery {
  const labels = labelTests(filter);
  const tests = [ofKind('key', TOOL_ERRORS.prefix), ...labels.tests];
  const values: Record<string, string | number> = { ...labels.values };
  const isDated = filter.since !== undefined || filter.until !== undefined;
  if (isDated) {
    const { from: earliest, to: latest } = momentsOf(filter);
    Object.assign(values, daysOf(filter), { earliest, latest });
    tests.push('last >= @earliest', 'first <= @latest');
  }
  const within = `(SELECT coalesce(sum(value ->> 1), 0) FROM json_each(days) WHERE value ->> 0 BETWEEN @since AND @until)`;
  const ofRange = isDated ? `CASE WHEN days IS NULL THEN drafts ELSE ${within} END` : 'drafts';
  return {
    sql: `SELECT key, last, what, how, days, ${ofRange} AS of_range FROM audit_entries
      WHERE ${tests.join(' AND ')} ${isDated ? 'AND of_range > 0' : ''}`,
    values,
  };
}

/** Asks for errors by tool, type or day; one more than the limit where there are more. */
export function readErrorCounts(
  db: Database,
  by: 'tool' | 'type' | 'day',
  filter: ErrorFilter,
  limit: number,
): readonly ErrorCount[] {
  if (by !== 'day') return all(db, labelQuery(by, filter, limit + 1));
  if (filter.tool === undefined && filter.errorType === undefined) return all(db, dayQuery(filter, limit + 1));
  return addedUp(db, filter).slice(0, limit + 1);
}

/** Errors by session, in no order, of what is kept of each event. */
export function readErrorsOfSessions(db: Database, filter: ErrorFilter): ReadonlyMap<string, number> {
  const { sql, values } = entriesQuery(filter);
  const errors = new Map<string, number>();
  const rows = db.prepare<[object], { readonly key: string; readonly of_range: number }>(sql);
  for (const { key, of_range } of keep(rows.iterate(values))) {
    const session = sessionOf(key, '') ?? '';
    errors.set(session, (errors.get(session) ?? 0) + of_range);
  }
  return errors;
}

function addedUp(db: Database, filter: ErrorFilter): readonly ErrorCount[] {
  const { sql, values } = dayOfLabelQuery(filter);
  const rows = db.prepare<[object], Omit<ErrorCount, 'name'> & { day: string | null; last: number | null }>(sql);
  const days = new Map<string, ErrorCount>();
  const range = daysOf(filter);
  for (const { day, last, errors, events } of rows.all(values)) {
    const name = day ?? dayOf(last);
    // The last error of an event may be of a later day than those that are asked for.
    if (name < range.since || name > range.until) continue;
    const sum = days.get(name);
    days.set(name, { name, errors: errors + (sum?.errors ?? 0), events: events + (sum?.events ?? 0) });
  }
  return [...days.values()].toSorted((a, b) => compareUtf8(b.name, a.name));
}

function labelTests({ tool, errorType }: ErrorFilter) {
  const tests: string[] = [];
  const values: Record<string, string> = {};
  if (tool !== undefined) {
    tests.push('what = @tool');
    values['tool'] = firstCodePoints(tool, LONGEST_LABEL);
  }
  if (errorType !== undefined) {
    tests.push('how = @type');
    values['type'] = firstCodePoints(errorType, LONGEST_LABEL);
  }
  return { tests, values };
}

const all = (db: Database, { sql, values }: CountQuery): readonly ErrorCount[] =>
  db.prepare<[object], ErrorCount>(sql).all(values);
