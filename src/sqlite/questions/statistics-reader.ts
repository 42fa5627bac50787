import type { Database } from 'better-sqlite3';
import { daysOf } from '../../model/days-of.ts';
import { AuditError } from '../../model/errors.ts';
import type { StoredNode } from '../../model/node.ts';
import {
  COMPACTION,
  type CompactionCount,
  type DayRange,
  type KindCount,
  listed,
  type StatisticsReader,
  SYSTEM_EVENTS,
} from '../../model/statistics.ts';
import { hasAuditTables, requireVersion } from '../audit-tables.ts';
import type { EdgeTable } from '../edge-table.ts';
import { prepareKnownSessions } from '../search/known-sessions.ts';
import type { TableShape } from '../table-shape.ts';
import type { Answer, Read } from '../translate-error.ts';
import type { AtOneMoment } from './at-one-moment.ts';
import { readErrorCounts } from './error-counts.ts';
import { prepareEventCensus } from './event-census.ts';
import { prepareFailedTasks } from './failed-tasks.ts';
import { momentsOf } from './moments-of.ts';
import { ofKind } from './of-kind.ts';
import { prepareSessionTrouble } from './session-trouble.ts';
import { noTaskEdges, prepareTaskEdges } from './task-edges.ts';

/** What statistics are made from. */
interface Shop {
  readonly path: string;
  /** `kg_nodes` as it stands. */
  readonly nodes: TableShape;
  /** Undefined where the graph has no edges. */
  readonly edges: EdgeTable | undefined;
  readonly find: (id: string) => StoredNode | undefined;
  readonly read: Read;
  readonly answer: Answer;
  readonly moments: AtOneMoment;
}

/** What is asked of counts as they are kept. */
export const COUNT_QUERIES = {
  kinds: `SELECT subtype, sum(events) AS events, sum(row_count) AS rows FROM audit_days
    WHERE day BETWEEN @since AND @until GROUP BY subtype ORDER BY subtype`,
  compactions: `SELECT how AS "trigger", events AS compactions FROM audit_labels
    WHERE subtype = @subtype AND what = @what ORDER BY events DESC, how LIMIT @limit`,
  compactionsOfDays: `SELECT coalesce(how, '') AS "trigger", count(*) AS compactions FROM audit_entries
    WHERE last BETWEEN @from AND @to AND what = @what AND ${ofKind('key', SYSTEM_EVENTS.prefix)}
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT @limit`,
  undated: `SELECT subtype, events, row_count AS rows FROM audit_days WHERE day = '' ORDER BY subtype`,
} as const;

/** Opens the statistics of a graph that runs of ours have written. */
export function openStatistics(
  db: Database,
  { path, nodes, edges, find, read, answer, moments }: Shop,
): StatisticsReader {
  if (!hasAuditTables(db)) {
    const message = `target ${path} has no audit_ tables to count from, as no run has written it`;
    throw new AuditError('target-schema', message, 'audit-extract run makes them');
  }
  requireVersion(db, path);
  const tasks = edges === undefined ? noTaskEdges : prepareTaskEdges(db, edges, find);
  const kinds = db.prepare<[object], KindCount>(COUNT_QUERIES.kinds);
  const census = prepareEventCensus(db, nodes);
  const undated = db.prepare<[], KindCount>(COUNT_QUERIES.undated);
  const compactions = db.prepare<[object], CompactionCount>(COUNT_QUERIES.compactions);
  const compactionsOfDays = db.prepare<[object], CompactionCount>(COUNT_QUERIES.compactionsOfDays);
  const sessions = prepareSessionTrouble(db, tasks);
  const known = prepareKnownSessions(db, read);
  const failedTasks = prepareFailedTasks(db, tasks, find);

  const countCompactions = (range: DayRange, limit: number): readonly CompactionCount[] => {
    const bounds = momentsOf(range);
    const what = { what: COMPACTION, limit };
    return bounds.isOpen
      ? compactions.all({ ...what, subtype: SYSTEM_EVENTS.subtype })
      : compactionsOfDays.all({ ...what, ...bounds });
  };
  return {
    atOnce: (questions) => moments.ask(questions),
    kinds: (range) => answer(() => kinds.all(daysOf(range))),
    errorsBy: (by, filter, limit) => answer(() => listed(readErrorCounts(db, by, filter, limit), limit)),
    sessions: (filter, limit) => answer(() => sessions(filter, limit)),
    compactions: (range, limit) => answer(() => listed(countCompactions(range, limit + 1), limit)),
    failedTasks: (range, limit) => answer(() => failedTasks(range, limit)),
    undated: () => answer(() => undated.all()),
    census: () => answer(census),
    knownSessions: () => answer(known),
    hasTaskEdges: () => answer(() => tasks.any()),
  };
}
