import type { HealthFinding } from '../model/health.ts';
import { withDatabase } from './with-database.ts';

/** What is to be said of a graph on a server: whether it answers, and how its record stands. Throws where it does not answer. */
export async function findingsOfServer(target: string): Promise<readonly HealthFinding[]> {
  return withDatabase(target, async (database) => {
    const graph = await database.openGraph();
    try {
      const { record, problems, lastRun } = await graph.state();
      const about =
        lastRun === null ? 'no run has written it yet' : `the last run that changed it began ${lastRun.started_at}`;
      return [
        { check: 'target-server', status: 'ok', what: `server ${database.path} answers; ${about}`, todo: null },
        ...problems.map(({ what, todo }) => ({ check: 'target-record', status: 'error' as const, what, todo })),
        ...(record === 'unknown' ? [OTHER_VERSION] : []),
      ];
    } finally {
      await graph.close();
    }
  });
}

const OTHER_VERSION: HealthFinding = {
  check: 'target-record',
  status: 'error',
  what: 'our record there is of another version',
  todo: 'use the program that wrote it, or a newer one',
};
