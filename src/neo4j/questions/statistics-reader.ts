import { AuditError } from '../../model/errors.ts';
import { listed, type StatisticsReader } from '../../model/statistics.ts';
import type { Connection } from '../connection.ts';
import { countKnownSessions } from '../known-sessions.ts';
import type { Read } from '../reading.ts';
import { hasRecord } from '../schema.ts';
import type { Transaction } from '../transaction.ts';
import { UnrecordedEvents } from '../unrecorded-events.ts';
import { readCompactions } from './compactions.ts';
import { bySubtype, type DayRow, readDayRows, withinDays } from './day-rows.ts';
import { readErrorCounts } from './error-counts.ts';
import { readFailedTasks } from './failed-tasks.ts';
import { readSessionTrouble } from './session-trouble.ts';
import { readStatisticsShop, type StatisticsShop } from './statistics-shop.ts';
import { TaskEdges } from './task-edges.ts';

/** What several questions of one moment go by. */
interface Remembered {
  shop?: StatisticsShop;
  days?: readonly DayRow[];
}

/**
 * Opens the statistics of a graph that runs of ours have written. All is counted from entries when it is asked; events whose nodes are
 * marked as deleted, or gone, do not count. Throws where there is no record to count from.
 */
export async function openStatistics(connection: Connection, read: Read): Promise<StatisticsReader> {
  if (!(await hasRecord(connection))) {
    const message = `target ${connection.path} has no Audit nodes to count from, as no run has written it`;
    throw new AuditError('target-schema', message, 'audit-extract run makes them');
  }
  let moment: Remembered | undefined;
  const shopOf = async (tx: Transaction) => {
    const at = moment;
    const shop = at?.shop ?? (await readStatisticsShop(tx));
    if (at !== undefined) at.shop = shop;
    return shop;
  };
  const daysOf = async (tx: Transaction) => {
    const at = moment;
    if (at?.days !== undefined) return at.days;
    const shop = await shopOf(tx);
    const days = await readDayRows(tx, shop, shop.ranges);
    if (at !== undefined) at.days = days;
    return days;
  };
  const unrecorded = new UnrecordedEvents();
  return {
    atOnce: async (questions) => {
      moment = {};
      try {
        return await questions();
      } finally {
        moment = undefined;
      }
    },
    kinds: (range) => read(async (tx) => bySubtype(withinDays(await daysOf(tx), range))),
    undated: () => read(async (tx) => bySubtype((await daysOf(tx)).filter(({ day }) => day === ''))),
    errorsBy: (by, filter, limit) =>
      read(async (tx) => listed(await readErrorCounts(tx, await shopOf(tx), by, filter, limit), limit)),
    sessions: (filter, limit) =>
      read(async (tx) => {
        const shop = await shopOf(tx);
        return readSessionTrouble(tx, shop, new TaskEdges(tx, shop), filter, limit);
      }),
    compactions: (range, limit) =>
      read(async (tx) => listed(await readCompactions(tx, await shopOf(tx), range, limit + 1), limit)),
    failedTasks: (range, limit) =>
      read(async (tx) => {
        const shop = await shopOf(tx);
        return readFailedTasks(tx, shop, new TaskEdges(tx, shop), range, limit);
      }),
    census: () =>
      read(async (tx) => {
        let others = 0;
        for await (const page of unrecorded.pages(tx)) others += page.filter((node) => node.deletedAt === null).length;
        return { unrecorded: others, lost: 0, deleted: 0 };
      }),
    knownSessions: () => read(countKnownSessions),
    hasTaskEdges: () => read(async (tx) => new TaskEdges(tx, await shopOf(tx)).any()),
  };
}
