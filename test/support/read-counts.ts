import Database from 'better-sqlite3';
import { type CountedEvent, countEvents, type EventCounts } from '../oracle/event-counts.ts';

interface EntryRow {
  readonly key: string;
  readonly drafts: number;
  readonly last: number | null;
  readonly session: string | null;
  readonly what: string | null;
  readonly how: string | null;
  readonly days: string | null;
}

/** The counts that a graph keeps of some subtypes. */
export function keptCounts(path: string, subtypes: readonly string[]): EventCounts {
  return withGraph(path, (db) => {
    const read = (columns: readonly string[], table: string) => {
      const rows = db.prepare<[], unknown[]>(
        `SELECT subtype AS kind, ${columns.join(', ')}, events, row_count FROM ${table}`,
      );
      const counts = new Map<string, readonly [number, number]>();
      for (const [subtype, ...cells] of rows.raw().iterate()) {
        if (!subtypes.includes(String(subtype))) continue;
        counts.set(JSON.stringify(cells.slice(0, -2)), [Number(cells.at(-2)), Number(cells.at(-1))]);
      }
      return counts;
    };
    return {
      days: read(['day', 'subtype'], 'audit_days'),
      labels: read(['subtype', 'what', 'how'], 'audit_labels'),
      sessions: read(['session', 'subtype'], 'audit_sessions'),
    };
  });
}

/** The same, counted from the entries that a graph has; subtypes by the prefixes of their keys. */
export function countedEntries(path: string, subtypes: Readonly<Record<string, string>>): EventCounts {
  return countEvents(entryEvents(path, subtypes));
}

/** The events that a graph keeps entries of. */
export function entryEvents(path: string, subtypes: Readonly<Record<string, string>>): readonly CountedEvent[] {
  return withGraph(path, (db) => {
    const rows = db.prepare<[], EntryRow>('SELECT key, drafts, last, session, what, how, days FROM audit_entries');
    return rows.all().map((row) => eventOf(row, subtypes));
  });
}

function eventOf(row: EntryRow, subtypes: Readonly<Record<string, string>>): CountedEvent {
  const { key, drafts, last, session, what, how } = row;
  const [prefix = '', part = ''] = key.replace(/^@[^:]*:/, '').split(':');
  const day = last === null ? '' : new Date(last).toISOString().replace(/T.*/, '');
  const days: CountedEvent['rows'] = row.days === null ? [[day, drafts]] : JSON.parse(row.days);
  const inKey = part.replaceAll('%3A', ':').replaceAll('%25', '%');
  return {
    subtype: subtypes[prefix] ?? prefix,
    session: session === '' ? inKey : session,
    what: what ?? '',
    how: how ?? '',
    day,
    rows: days,
  };
}

function withGraph<Result>(path: string, ask: (db: Database.Database) => Result): Result {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return ask(db);
  } finally {
    db.close();
  }
}
