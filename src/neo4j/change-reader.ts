import {
  CHANGE_LOG,
  type ChangeQuestion,
  type ChangeReader,
  type ChangeRecord,
  type FoundChanges,
} from '../model/change.ts';
import { unpackIds } from '../model/packed-ids.ts';
import { type ChangeRow, readChangeRows } from './change-rows.ts';
import type { Read } from './reading.ts';
import { readRecordText } from './record-text.ts';
import type { Transaction } from './transaction.ts';

/** Reads the log of changes, the newest first. */
export function changeReader(read: Read): ChangeReader {
  return {
    find: (question) => read((tx) => findChanges(tx, question)),
    countBefore: async (moment) => {
      const [row] = await read((tx) =>
        tx.run<{ amount: bigint }>(
          'MATCH (c:AuditChange) WHERE c.at < $before AND c.component <> $log RETURN sum(c.amount) AS amount',
          { before: new Date(moment).toISOString(), log: CHANGE_LOG },
        ),
      );
      return Number(row?.amount ?? 0n);
    },
  };
}

async function findChanges(tx: Transaction, question: ChangeQuestion): Promise<FoundChanges> {
  const changes: ChangeRecord[] = [];
  let skip = question.offset;
  for await (const row of readChangeRows(tx, question)) {
    // Long lists that are skipped need not be read.
    if (question.record === undefined && skip >= row.amount) {
      skip -= Number(row.amount);
      continue;
    }
    const ids = idsOf(row, question.record);
    const rest = ids.slice(skip);
    skip = Math.max(0, skip - ids.length);
    for (const [at, id] of rest) {
      if (changes.length === question.limit) return { changes, more: true };
      changes.push(await toRecord(tx, row, at, id));
    }
  }
  return { changes, more: false };
}

async function toRecord(tx: Transaction, row: ChangeRow, at: number, id: string): Promise<ChangeRecord> {
  const { timestamp, component, operation, actor, before } = row;
  const after = operation === 'insert' ? (row.after ?? (await saidAtFirst(tx, id, row.number))) : row.after;
  const number = row.records === null ? row.number : `${row.number}.${at}`;
  const run = row.run === null ? null : Number(row.run);
  return { number, timestamp, component, recordId: id, operation, actor, run, before, after };
}

/** What a record said when it was made: what the next change found, or what it says now. */
async function saidAtFirst(tx: Transaction, id: string, number: string): Promise<string | null> {
  const [next] = await tx.run<{ before: string | null }>(
    `MATCH (c:AuditChange {record: $id}) WHERE c.records IS NULL AND c.number > $number
     RETURN c.before AS before ORDER BY c.number LIMIT 1`,
    { id, number },
  );
  return next?.before ?? (await readRecordText(tx, id)) ?? null;
}

/** The records that a row tells of, the last one first, each with its place; only the one that is asked for, if one is. */
function idsOf({ records, record }: ChangeRow, wanted: string | undefined): readonly (readonly [number, string])[] {
  if (records === null) return [[0, record]];
  const ids = unpackIds(records).map((id, at) => [at + 1, id] as const);
  return (wanted === undefined ? ids : ids.filter(([, id]) => id === wanted)).toReversed();
}
