import Table from 'cli-table3';
import type { ResultTable } from './result-tables.ts';

/** A table for a terminal. */
export function drawTable({ head, rows }: ResultTable): string {
  const table = new Table({
    head: [...head],
    colAligns: alignments(head),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push([...row]);
  return table.toString();
}

/** A table for a document. */
export function markdownTable({ head, rows }: ResultTable): string {
  const rule = alignments(head).map((side) => (side === 'right' ? '---:' : '---'));
  return [head, rule, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function alignments(head: readonly string[]): ('left' | 'right')[] {
  return head.map((_, at) => (at === 0 || at === head.length - 1 ? 'left' : 'right'));
}
