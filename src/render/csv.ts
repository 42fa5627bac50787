import { stringify } from 'csv-stringify/sync';
import type { AnswerValue } from './answer.ts';
import { visible, visibleJson } from './visible.ts';
import { writeJson } from './write-json.ts';

/** Rows of cells as CSV (RFC 4180); a cell that a spreadsheet would take for a formula gets a quote before it. */
export function renderCsv(columns: readonly string[], rows: readonly (readonly AnswerValue[])[]): string {
  return stringify([columns, ...rows.map((row) => row.map(cellOf))], {
    escape_formulas: true,
    record_delimiter: '\r\n',
  });
}

/** What must not reach a terminal is made visible here, too: CSV is looked at with `less` as often as not. */
function cellOf(value: AnswerValue): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? visible(value) : visibleJson(writeJson(value, 'one-line'));
}
