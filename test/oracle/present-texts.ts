import type { SourceCell } from './source-rows.ts';

/** The texts of the cells that have one, in their order. */
export function presentTexts(cells: readonly SourceCell[]): readonly string[] {
  return cells.flatMap(({ text }) => text ?? []);
}
