import { type MigrateJob, migrateTrail } from '../../src/jobs/migrate-trail.ts';
import type { MigrationReport } from '../../src/model/trail-migration.ts';

/** Migrates in this process and gives the report; `onProgress` is told how many events are in. */
export async function migrateJob(
  options: Pick<MigrateJob, 'target'> & Partial<MigrateJob>,
  onProgress: (events: number) => void = () => {},
): Promise<MigrationReport> {
  const usual = { trail: undefined, from: ['CDocs'], dryRun: false, clock: () => Date.UTC(2026, 4, 1) };
  for await (const event of migrateTrail({ ...usual, signal: new AbortController().signal, ...options })) {
    if (event.type === 'migration-finished') return event.report;
    onProgress(event.events);
  }
  throw new Error('the migration ended without a report');
}
