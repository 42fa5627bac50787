import type { ImportReport } from '../model/import.ts';
import type { Answer } from './answer.ts';
import { countOf, grouped } from './grouped.ts';
import { visible } from './visible.ts';

/** What an import did, as an answer in any format. */
export function importAnswer(report: ImportReport): Answer {
  const { error, bad, tables, warnings: _warnings, ...rest } = report;
  const document = {
    ...rest,
    tables: tables.map((table) => ({ ...table })),
    bad: bad.map((row) => ({ ...row })),
    ...(error && { error: { ...error } }),
  };
  return {
    document,
    rows: [...bad.map((row) => ({ bad: { ...row } })), { report: document }],
    columns: [],
    warnings: report.warnings,
    draw: () => drawReport(report),
  };
}

function drawReport(report: ImportReport): string {
  const { dry_run, inserted, updated, unchanged, skipped, bad, bad_rows, tables, error } = report;
  const lines = bad.map(({ file, line, message }) => `${visible(file)}:${line}: ${visible(message)}`);
  if (bad_rows > bad.length) lines.push(`and ${grouped(bad_rows - bad.length)} more`);
  for (const { table, ...counts } of tables) {
    lines.push(`${table}: ${countsOf(counts.inserted, counts.updated, counts.unchanged, counts.skipped)}`);
  }
  const start = error ? 'Nothing imported' : dry_run ? 'Dry run, nothing written' : 'Done';
  const sum = error ? `${countOf(bad_rows, 'bad row')}` : countsOf(inserted, updated, unchanged, skipped);
  return `${[...lines, `${start}: ${sum}.`].join('\n')}\n`;
}

function countsOf(inserted: number, updated: number, unchanged: number, skipped: number): string {
  const counts = `${grouped(inserted)} inserted, ${grouped(updated)} updated, ${grouped(unchanged)} unchanged`;
  return skipped === 0 ? counts : `${counts}, ${grouped(skipped)} skipped`;
}
