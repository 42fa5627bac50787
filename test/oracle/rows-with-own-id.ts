import type { SourceCell } from './source-rows.ts';

/** The rows that make a node of their own: those that have an id, and of rows with one id the first. */
export function rowsWithOwnId<Row extends { readonly id: SourceCell }>(
  rows: readonly Row[],
): readonly { readonly id: string; readonly row: Row }[] {
  const byId = new Map<string, Row>();
  for (const row of rows) {
    if (row.id.text !== null && !byId.has(row.id.text)) byId.set(row.id.text, row);
  }
  return Array.from(byId, ([id, row]) => ({ id, row }));
}
