import type { SourceCell } from './source-rows.ts';

/** The texts of the cells that are neither NULL nor empty, in their order. */
export function presentTexts(cells: readonly SourceCell[]): readonly string[] {
  return cells.flatMap(({ text }) => (text === null || text === '' ? [] : [text]));
}
