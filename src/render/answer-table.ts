import { firstCodePoints } from '../model/text.ts';
import { visible } from './visible.ts';

/** A column is never made narrower than this. */
const NARROWEST = 8;
/** Longer cells are cut before anything is measured. */
const LONGEST_CELL = 1000;
/** Of a cell: a blank on each side. */
const PADDING = 2;

/** Draws rows under their heads; cells are made harmless, and the widest are cut until a row fits the width. */
export async function drawTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  aligns: readonly ('left' | 'right')[] = [],
): Promise<string> {
  // Loaded where a table is drawn: programs ask for JSON, and need not wait for it.
  const { default: Table } = await import('cli-table3');
  const cells = rows.map((row) =>
    row.map((cell) => firstCodePoints(visible(firstCodePoints(cell, LONGEST_CELL)), LONGEST_CELL)),
  );
  const style = { head: [], border: [], compact: true };
  const natural = new Table({ head: [...head], style });
  natural.push(...cells);
  const [line = ''] = natural.toString().split('\n', 1);
  const widths = line
    .split(/[┬┌┐]/)
    .slice(1, -1)
    .map((part) => part.length);
  const colWidths = narrowed(widths, width - widths.length - 1);
  const table = new Table({ head: [...head], style, colAligns: [...aligns], colWidths });
  table.push(...cells);
  return `${table.toString()}\n`;
}

/** Takes from the widest columns until all fit in the room that there is. */
function narrowed(widths: readonly number[], room: number): number[] {
  const fitted = [...widths];
  for (let excess = fitted.reduce((sum, width) => sum + width, 0) - room; excess > 0; ) {
    const widest = fitted.indexOf(Math.max(...fitted));
    const next = Math.max(0, ...fitted.filter((_, at) => at !== widest));
    const cut = Math.min(excess, Math.max(1, (fitted[widest] ?? 0) - next));
    const left = Math.max(NARROWEST + PADDING, (fitted[widest] ?? 0) - cut);
    if (left === fitted[widest]) break;
    excess -= (fitted[widest] ?? 0) - left;
    fitted[widest] = left;
  }
  return fitted;
}
