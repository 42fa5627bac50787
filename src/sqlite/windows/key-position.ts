import { quoteName } from '../quote.ts';

/**
 * Where a row stands in the order of a primary key. A part is carried as two values, whether it is text and, if so, its
 * bytes: text that is not UTF-8 would come back changed, and rows would be lost or read twice.
 */
export function keyPosition(columns: readonly string[]): readonly string[] {
  return columns
    .map(quoteName)
    .flatMap((name) => [
      `typeof(${name}) = 'text'`,
      `CASE typeof(${name}) WHEN 'text' THEN CAST(${name} AS BLOB) ELSE ${name} END`,
    ]);
}

/** The row value that a position stands for; takes two parameters a part. */
export function keyOfPosition(columns: readonly string[]): string {
  return `(${columns.map(() => '(SELECT CASE WHEN column1 THEN CAST(column2 AS TEXT) ELSE column2 END FROM (VALUES (?, ?)))').join(', ')})`;
}

/** The key itself, to compare with such a row value and to order by. Qualified, as ORDER BY would prefer an alias. */
export function keyColumns(table: string, columns: readonly string[], direction = ''): string {
  return columns.map((column) => `${quoteName(table)}.${quoteName(column)}${direction}`).join(', ');
}
