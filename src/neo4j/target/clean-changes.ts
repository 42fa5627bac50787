import { cleanRecordJson, type RecordCleaner } from '../../model/change.ts';
import { unpackIds } from '../../model/packed-ids.ts';
import type { Connection } from '../connection.ts';
import { packRecords } from '../packed-records.ts';
import type { Parameter, Transaction } from '../transaction.ts';

/** Changes that are looked at in one transaction. */
const AT_ONCE = 500;

interface Row {
  readonly number: string;
  readonly record: string;
  readonly records: Int8Array | null;
  readonly before: string | null;
  readonly after: string | null;
}

/** Rids the log of changes of what is a secret by now. */
export async function cleanChanges(connection: Connection, cleaner: RecordCleaner): Promise<void> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const from: string = after;
    after = await connection.write((tx) => cleanAfter(tx, from, cleaner));
  }
}

/** Gives the number of the last one; undefined where there was none. */
async function cleanAfter(tx: Transaction, after: string, cleaner: RecordCleaner): Promise<string | undefined> {
  const rows = await tx.run<Row>(
    `MATCH (c:AuditChange) WHERE c.number > $after
     RETURN c.number AS number, c.record AS record, c.records AS records, c.before AS before, c.after AS after
     ORDER BY c.number LIMIT ${AT_ONCE}`,
    { after },
  );
  const changed = rows.flatMap((row) => {
    const clean = row.records === null ? cleanOne(row, cleaner) : cleanMany(unpackIds(row.records), cleaner);
    return clean === undefined ? [] : [{ number: row.number, said: clean }];
  });
  if (changed.length > 0) {
    await tx.run('UNWIND $changed AS row MATCH (c:AuditChange {number: row.number}) SET c += row.said', { changed });
  }
  return rows.at(-1)?.number;
}

type Said = { readonly [name: string]: Parameter };

function cleanOne({ record: was, before, after }: Row, cleaner: RecordCleaner): Said | undefined {
  const record = cleaner.id(was);
  const [old, now] = [before, after].map((json) => json && cleanRecordJson(json, cleaner));
  const isClean = record === was && old === before && now === after;
  return isClean ? undefined : { record, before: old ?? null, after: now ?? null };
}

function cleanMany(records: readonly string[], cleaner: RecordCleaner): Said | undefined {
  const clean = records.map((id) => cleaner.id(id));
  if (clean.every((id, at) => id === records[at])) return undefined;
  // Those that were cleaned may come to lie beyond the bounds, so these are new, too.
  return { ...packRecords(clean) };
}
