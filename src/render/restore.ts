import type { RestoreReport, TableChange } from '../model/graph-copy.ts';
import type { Answer, AnswerView } from './answer.ts';
import { drawTable } from './answer-table.ts';
import { grouped } from './grouped.ts';
import { visible } from './visible.ts';

/** What restoring did, or would do, as an answer in any format. */
export function restoreAnswer(report: RestoreReport, isQuiet: boolean): Answer {
  const { schema, dry_run, target, file, kept, nodes, edges, tables, warnings, ...rest } = report;
  const rows = tables.map((table) => ({ ...table }));
  return {
    document: {
      ...{ schema, dry_run, target: { ...target }, file, kept },
      ...{ nodes: { ...nodes }, edges: { ...edges }, tables: rows, ...rest },
    },
    rows,
    columns: ['table', 'before', 'after'],
    warnings,
    draw: (view) => (isQuiet ? drawLine(report) : drawReport(report, view)),
  };
}

function drawLine({ target, file, kept, dry_run }: RestoreReport): string {
  const outcome = dry_run ? 'nothing written' : kept === null ? 'restored' : `what was there is in ${visible(kept)}`;
  return `${visible(file)} -> ${visible(target.path)}: ${outcome}.\n`;
}

async function drawReport(
  { target, file, kept, tables, seal, ...report }: RestoreReport,
  { width }: AnswerView,
): Promise<string> {
  const seconds = (report.duration_ms / 1000).toFixed(1);
  const lines = [
    ...(seal === null ? [] : [`Seal ${visible(seal)}`]),
    ...(kept === null ? [] : [`What was there is in ${visible(kept)}`]),
    report.dry_run ? 'Dry run, nothing written.' : `Restored (${seconds} s).`,
  ];
  const head = ['table', report.dry_run ? 'now' : 'before', report.dry_run ? 'then' : 'after'];
  const table = await drawTable(head, tables.map(cellsOf), width, ['left', 'right', 'right']);
  return `${visible(file)} -> ${visible(target.path)}\n${table}${lines.join('\n')}\n`;
}

function cellsOf({ table, before, after }: TableChange): readonly string[] {
  return [table, ...[before, after].map((rows) => (rows === null ? '-' : grouped(rows)))];
}
