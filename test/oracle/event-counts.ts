import Database from 'better-sqlite3';
import { eventMoments } from './event-moments.ts';
import { compareInstants, instantOf } from './instant-of.ts';
import { keyPart } from './node-id.ts';
import { rowsWithOwnId } from './rows-with-own-id.ts';
import { sourceRows } from './source-rows.ts';

/** How many events and rows there are of each; the names of a count are joined as JSON. */
export interface EventCounts {
  readonly days: ReadonlyMap<string, readonly [events: number, rows: number]>;
  readonly labels: ReadonlyMap<string, readonly [events: number, rows: number]>;
  readonly sessions: ReadonlyMap<string, readonly [events: number, rows: number]>;
}

/** An event as it is counted: its day is that of its last row, `rows` says how many rows are of which day. */
export interface CountedEvent {
  readonly subtype: string;
  readonly session: string | null;
  readonly what: string;
  readonly how: string;
  readonly day: string;
  readonly rows: readonly (readonly [day: string, count: number])[];
}

/** What is to be counted of a source whose ids of events and entries are row ids. */
export function expectedCounts(sourcePath: string, errorStatuses: readonly string[]): EventCounts {
  const db = new Database(sourcePath, { readonly: true, fileMustExist: true });
  try {
    return countEvents([...toolErrors(db, errorStatuses), ...systemEvents(db), ...tasks(db)]);
  } finally {
    db.close();
  }
}

/** Counts events one by one. */
export function countEvents(events: readonly CountedEvent[]): EventCounts {
  const [days, labels, sessions] = [new Counts(), new Counts(), new Counts()];
  for (const { subtype, session, what, how, day, rows } of events) {
    const all = rows.reduce((sum, [, count]) => sum + count, 0);
    days.add([day, subtype], 1, 0);
    for (const [one, count] of rows) days.add([one, subtype], 0, count);
    labels.add([subtype, short(what), short(how)], 1, all);
    if (session !== null) sessions.add([session, subtype], 1, all);
  }
  return { days: days.all, labels: labels.all, sessions: sessions.all };
}

class Counts {
  readonly all = new Map<string, readonly [number, number]>();

  add(names: readonly string[], events: number, rows: number): void {
    const name = JSON.stringify(names);
    const [e, r] = this.all.get(name) ?? [0, 0];
    this.all.set(name, [e + events, r + rows]);
  }
}

function toolErrors(db: Database.Database, errorStatuses: readonly string[]): readonly CountedEvent[] {
  const columns = ['status', 'session_id', 'tool_name', 'error_type', 'created_at'] as const;
  const groups = new Map<string, { names: readonly string[]; dates: (string | null)[] }>();
  for (const row of sourceRows(db, 'tool_analytics', columns)) {
    if (row.status.text === null || !errorStatuses.includes(row.status.text)) continue;
    const names = [row.session_id, row.tool_name, row.error_type].map(({ text }) => text ?? 'unknown');
    const key = names.map(keyPart).join(':');
    const group = groups.get(key) ?? { names, dates: [] };
    group.dates.push(row.created_at.text);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ names: [session = '', what = '', how = ''], dates }) => ({
    ...{ subtype: 'tool_error', session, what, how },
    day: dayOf(latest(dates)),
    rows: dates.map((date) => [dayOf(date), 1]),
  }));
}

function systemEvents(db: Database.Database): readonly CountedEvent[] {
  const hasEntries = db.prepare("SELECT 1 FROM sqlite_master WHERE lower(name) = 'entries'").get() !== undefined;
  const moments = hasEntries ? eventMoments(db) : {};
  const rows = sourceRows(db, 'system_events', ['id', 'subtype', 'compact_trigger'] as const);
  return rowsWithOwnId(rows).map(({ id, row }) => {
    const [session, timestamp] = moments[id] ?? [null, null];
    const names = { what: row.subtype.text ?? 'unknown', how: row.compact_trigger.text ?? '' };
    return { subtype: 'session_boundary', session, ...names, ...onOneDay(dayOf(timestamp)) };
  });
}

function tasks(db: Database.Database): readonly CountedEvent[] {
  const columns = ['id', 'status', 'outcome', 'created_at', 'updated_at'] as const;
  return rowsWithOwnId(sourceRows(db, 'task_tracking', columns)).map(({ row }) => {
    const [created, updated] = [row.created_at.text, row.updated_at.text];
    const names = { what: row.outcome.text ?? 'unknown', how: row.status.text ?? 'unknown' };
    // A last moment that is no date is not known, unless the first is.
    const day = dayOf(updated ?? created) || dayOf(created);
    return { subtype: 'task_completion', session: null, ...names, ...onOneDay(day) };
  });
}

const onOneDay = (day: string) => ({ day, rows: [[day, 1]] as const });

function latest(dates: readonly (string | null)[]): string | null {
  const known = dates.flatMap((text) => {
    const instant = text === null ? undefined : instantOf(text);
    return text === null || instant === undefined ? [] : [{ text, instant }];
  });
  return known.toSorted((a, b) => compareInstants(b.instant, a.instant))[0]?.text ?? null;
}

function dayOf(text: string | null): string {
  const instant = text === null ? undefined : instantOf(text);
  if (instant === undefined) return '';
  // Seconds are counted from the year 0, which began 719,528 days before 1970.
  const day = Math.floor(instant.seconds / 86_400) - 719_528;
  return new Date(day * 86_400_000).toISOString().replace(/T.*/, '');
}

/** Names are kept to 200 characters. */
const short = (text: string): string => [...text].slice(0, 200).join('');
