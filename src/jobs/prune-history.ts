import type { PruneReport } from '../model/prune-report.ts';
import { askGraph } from './ask-graph.ts';
import { bootstrap } from './bootstrap.ts';
import type { GraphJob } from './graph-job.ts';
import { withDatabase } from './with-database.ts';

/** Which changes are to go from the log: those before a moment, in milliseconds since 1970. */
export interface PruneJob extends GraphJob {
  readonly before: number;
  readonly dryRun: boolean;
}

/** Drops what is old from the log of changes of a graph. */
export async function pruneHistory(job: PruneJob): Promise<PruneReport> {
  const { target, before, dryRun } = job;
  await withDatabase(target, (database) => database.requireThere());
  return {
    schema: 'audit-extract/history-prune@1',
    dry_run: dryRun,
    target: { path: target },
    before: new Date(before).toISOString(),
    changes: await (dryRun ? count() : prune()),
  };

  function count(): Promise<number> {
    return askGraph(target)(async ({ changes }) => (await changes?.countBefore(before)) ?? 0);
  }

  async function prune(): Promise<number> {
    const store = await bootstrap(target, { ...job, create: false });
    try {
      return await store.pruneHistory(before);
    } finally {
      await store.close();
    }
  }
}
