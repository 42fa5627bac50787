import { cleanId } from '../engine/clean-id.ts';
import type { ErrorSummary } from '../model/errors.ts';
import type { MigrationCounts, MigrationReport } from '../model/trail-migration.ts';
import { createRedactor, RECOMMENDED } from '../redaction/create-redactor.ts';

/** What is known of a migration at its end. */
export interface MigrationOutcome {
  readonly trail: string | undefined;
  readonly counts: MigrationCounts;
  readonly error: ErrorSummary | undefined;
  readonly longestWriteMs: number;
  readonly warnings: readonly string[];
}

/** The report of a migration; names that come from the graph are without secrets. */
export function reportMigration(
  job: { readonly target: string; readonly dryRun: boolean },
  { trail, counts, error: thrown, longestWriteMs, warnings }: MigrationOutcome,
): MigrationReport {
  const redactor = createRedactor(RECOMMENDED);
  const { ambiguous, held_by_others: others } = counts;
  const error = thrown && { ...thrown, message: redactor.clean(thrown.message), hint: redactor.clean(thrown.hint) };
  return {
    schema: 'audit-extract/trail-migrate@1',
    success: error === undefined,
    message: error?.message ?? messageOf(counts.events_migrated, job.dryRun, trail),
    dry_run: job.dryRun,
    target: { path: job.target },
    trail: trail === undefined ? null : cleanId(trail, redactor),
    ...counts,
    ambiguous: { ...ambiguous, ids: ambiguous.ids.map((id) => cleanId(id, redactor)) },
    held_by_others: { ...others, types: others.types.map((type) => redactor.clean(type)) },
    longest_write_ms: Math.round(longestWriteMs),
    warnings: warnings.map((warning) => redactor.clean(warning)),
    ...(error && { error }),
  };
}

function messageOf(events: number, isDryRun: boolean, trail = ''): string {
  const count = `${events} ${events === 1 ? 'event' : 'events'}`;
  return isDryRun ? `${count} would be migrated to ${trail}` : `${count} migrated to ${trail}`;
}
