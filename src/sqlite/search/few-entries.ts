import type { Database } from 'better-sqlite3';
import type { Read } from '../translate-error.ts';
import { FACT_COLUMNS, type FactsRow } from './kept-facts.ts';
import { allOf, type Condition, type Narrowing, type Parameter, type Part } from './narrowing.ts';

/** One read ends after so long. */
const MOST_MS = 250;

/** An entry by its number, and its last moment. */
export interface FewEntry {
  readonly number: number;
  readonly last: number | null;
}

/** The entries that all of some conditions are true of, where one of their indexes finds no more than `limit`; in no order. */
export function findFew(
  { db, read }: { readonly db: Database; readonly read: Read },
  narrowings: readonly Narrowing[],
  limit: number,
): readonly FewEntry[] | undefined {
  let fewest: Narrowing | undefined;
  let most = limit + 1;
  for (const narrowing of narrowings) {
    const count = countUpTo(narrowing, most);
    if (count >= most) continue;
    most = count;
    fewest = narrowing;
  }
  if (fewest === undefined) return undefined;
  const source = fewest;
  const others = narrowings.filter((narrowing) => narrowing !== source && !narrowing.isSlow);
  const condition = allOf(others.map((narrowing) => narrowing.condition));
  return (source.parts ?? []).flatMap((part) => {
    const rows = db.prepare<Parameter[], FewEntry>(fewSql(part, condition));
    return read(() => rows.all(...part.parameters, ...condition.parameters));
  });

  function countUpTo({ parts }: Narrowing, least: number): number {
    if (parts === undefined) return least;
    let count = 0;
    for (const part of parts) {
      const rows = db.prepare<Parameter[], number>(countSql(part)).pluck();
      count += read(() => rows.get(...part.parameters, least - count)) ?? 0;
      if (count >= least) return least;
    }
    return count;
  }
}

/** Visits entries by their numbers, in the order given, until `visit` has had enough. Each step is one short read. */
export function* visitFew(
  { db, read }: { readonly db: Database; readonly read: Read },
  entries: readonly FewEntry[],
  visit: (row: FactsRow) => boolean,
): Generator<void, boolean> {
  const byNumber = db.prepare<[number], FactsRow>(ENTRY_BY_NUMBER);
  let started = performance.now();
  for (const { number } of entries) {
    const row = read(() => byNumber.get(number));
    if (row !== undefined && !visit(row)) return false;
    if (performance.now() - started < MOST_MS) continue;
    yield;
    started = performance.now();
  }
  return true;
}

/** One entry by its number. */
const ENTRY_BY_NUMBER = `SELECT ${FACT_COLUMNS} FROM audit_entries AS e WHERE id = ? AND typeof(key) = 'text'`;

/** The entries of a part that a condition is true of. */
const fewSql = ({ from, sql }: Part, condition: Condition): string =>
  `SELECT e.id AS number, e.last AS last FROM ${from} WHERE ${sql} AND ${condition.sql}`;

/** How many entries a part has, up to a limit. */
const countSql = ({ from, sql }: Part): string => `SELECT count(*) FROM (SELECT 1 FROM ${from} WHERE ${sql} LIMIT ?)`;
