import type { Database } from 'better-sqlite3';
import {
  CHANGE_LOG,
  type ChangeQuestion,
  type ChangeReader,
  type ChangeRecord,
  type FoundChanges,
} from '../model/change.ts';
import { unpackIds } from '../model/packed-ids.ts';
import type { AtOnce } from './at-once.ts';
import type { EdgeTable } from './edge-table.ts';
import { prepareRecordTexts } from './record-texts.ts';
import type { NodeTable } from './target-schema.ts';

/** Rows of the log that are looked at in one read. */
const AT_ONCE = 200;

interface Row {
  readonly id: number;
  readonly timestamp: string;
  readonly run: number | null;
  readonly component: string;
  readonly operation: string;
  readonly actor: string;
  readonly recordId: string;
  readonly lastId: string | null;
  readonly records: Uint8Array | null;
  readonly amount: number;
  readonly before: string | null;
  readonly after: string | null;
}

type Parameters = Readonly<Record<string, string | number>>;

/** Prepares reading the log of changes, the newest first, within a read of its caller. Our tables must be there. */
export function prepareChangeReader(
  db: Database,
  tables: { readonly nodes: NodeTable; readonly edges: EdgeTable | undefined },
): AtOnce<ChangeReader> {
  const texts = prepareRecordTexts(db, tables);
  const nextBefore = db
    .prepare<[string, number], string | null>(
      'SELECT before FROM audit_changes WHERE records IS NULL AND record_id = ? AND id > ? ORDER BY id LIMIT 1',
    )
    .pluck();
  /** What a record said when it was made: what the next change found, or what it says now. */
  const saidAtFirst = (id: string, number: number) => nextBefore.get(id, number) ?? texts(id) ?? null;

  const older = db
    .prepare<[string], number | null>(
      `SELECT sum(amount) FROM audit_changes WHERE at < ? AND component <> '${CHANGE_LOG}'`,
    )
    .pluck();
  const find = (question: ChangeQuestion): FoundChanges => {
    const changes: ChangeRecord[] = [];
    let skip = question.offset;
    for (const row of rowsOf(db, question)) {
      const amount = question.record === undefined ? row.amount : 1;
      if (skip >= amount) {
        skip -= amount;
        continue;
      }
      for (const [at, id] of idsOf(row, question.record).slice(skip)) {
        if (changes.length === question.limit) return { changes, more: true };
        const number = row.records === null ? `${row.id}` : `${row.id}.${at}`;
        const { timestamp, run, component, operation, actor, before } = row;
        const after = operation === 'insert' ? (row.after ?? saidAtFirst(id, row.id)) : row.after;
        changes.push({ number, timestamp, component, recordId: id, operation, actor, run, before, after });
      }
      skip = 0;
    }
    return { changes, more: false };
  };
  return { find, countBefore: (moment) => older.get(new Date(moment).toISOString()) ?? 0 };
}

/** The rows of the log that may have what is asked for, the newest first. */
function* rowsOf(db: Database, question: ChangeQuestion): Generator<Row, void> {
  const { record } = question;
  const { conditions, parameters } = filterOf(question);
  const page = db.prepare<Parameters, Row>(
    `SELECT id, at AS timestamp, run, component, operation, actor, record_id AS recordId, last_id AS lastId, records, amount,
       before, after
     FROM audit_changes WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT ${AT_ONCE}`,
  );
  if (record !== undefined) {
    for (const id of numbersOf(db, record)) {
      const [row] = page.all({ ...parameters, after: id + 1, from: id });
      if (row !== undefined && idsOf(row, record).length > 0) yield row;
    }
    return;
  }
  for (let after = Number.MAX_SAFE_INTEGER; ; ) {
    const rows = page.all({ ...parameters, after, from: 0 });
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < AT_ONCE) return;
    after = last.id;
  }
}

function filterOf({ component, operation, actor, since, until }: ChangeQuestion) {
  const given = Object.entries({ component, operation, actor }).filter(([, value]) => value !== undefined);
  const conditions = ['id < @after AND id >= @from', ...given.map(([name]) => `${name} = @${name}`)];
  const parameters: Record<string, string | number> = {};
  for (const [name, value] of given) parameters[name] = value ?? '';
  if (since !== undefined) {
    conditions.push('at >= @since');
    parameters['since'] = new Date(since).toISOString();
  }
  if (until !== undefined) {
    conditions.push('at <= @until');
    parameters['until'] = new Date(until).toISOString();
  }
  return { conditions, parameters };
}

/** The numbers of the rows that tell of a record, or of many of which it may be one; the greatest first. */
function numbersOf(db: Database, record: string): readonly number[] {
  const alone = db
    .prepare<[string], number>('SELECT id FROM audit_changes WHERE records IS NULL AND record_id = ?')
    .pluck()
    .all(record);
  const many = db.prepare<[], { readonly id: number; readonly first: string; readonly last: string }>(
    'SELECT id, record_id AS first, last_id AS last FROM audit_changes WHERE records IS NOT NULL',
  );
  const among: number[] = [];
  // The bounds are in the order of JavaScript, as are these comparisons.
  for (const { id, first, last } of many.iterate()) if (first <= record && record <= last) among.push(id);
  return [...alone, ...among].sort((a, b) => b - a);
}

/** The records that a row tells of, the last one first, each with its place; only the one that is asked for, if one is. */
function idsOf({ records, recordId }: Row, record: string | undefined): readonly (readonly [at: number, id: string])[] {
  if (records === null) return [[0, recordId]];
  const ids = unpackIds(records).map((id, at) => [at + 1, id] as const);
  return (record === undefined ? ids : ids.filter(([, id]) => id === record)).toReversed();
}
