import type { DeletionReport } from '../model/deletion.ts';
import type { Answer } from './answer.ts';
import { grouped } from './grouped.ts';

/** What `audit-extract delete` and `undelete` did, as an answer in any format. */
export function deletionAnswer(report: DeletionReport): Answer {
  const { changed, unchanged } = report;
  return {
    document: { ...report },
    rows: [
      ...changed.map((id) => ({ id, outcome: 'changed' })),
      ...unchanged.map((id) => ({ id, outcome: 'unchanged' })),
    ],
    columns: ['id', 'outcome'],
    draw: () => drawReport(report),
  };
}

function drawReport({ schema, dry_run, changed, unchanged }: DeletionReport): string {
  const verb = schema === 'audit-extract/delete@1' ? 'deleted' : 'brought back';
  const before = schema === 'audit-extract/delete@1' ? 'deleted before' : 'not deleted';
  const start = dry_run ? 'Dry run, nothing written' : 'Done';
  const rest = unchanged.length === 0 ? '' : `, ${grouped(unchanged.length)} ${before}`;
  return `${start}: ${grouped(changed.length)} ${dry_run ? 'to be ' : ''}${verb}${rest}.\n`;
}
