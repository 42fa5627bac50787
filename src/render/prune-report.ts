import type { PruneReport } from '../model/prune-report.ts';
import type { Answer } from './answer.ts';
import { grouped } from './grouped.ts';

/** What `audit-extract history prune` did, as an answer in any format. */
export function pruneAnswer(report: PruneReport): Answer {
  const { before, changes, dry_run } = report;
  return {
    document: { ...report },
    rows: [{ before, changes }],
    columns: ['before', 'changes'],
    draw: () => {
      const start = dry_run ? 'Dry run, nothing written' : 'Done';
      const what = changes === 1 ? '1 change' : `${grouped(changes)} changes`;
      return `${start}: ${what} from before ${before} ${dry_run ? 'would go' : 'went'} from the log.\n`;
    },
  };
}
