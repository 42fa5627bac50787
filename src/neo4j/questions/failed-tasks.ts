import { nodeId } from '../../model/key.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import { type Properties, readProperties } from '../../model/properties.ts';
import {
  type DayRange,
  type FailedTask,
  GOOD_OUTCOMES,
  type Listed,
  listed,
  OPEN_STATES,
  TASKS,
  UNTOLD,
} from '../../model/statistics.ts';
import { findNodes } from '../found-nodes.ts';
import type { Transaction } from '../transaction.ts';
import { lastWithin, matchCounted } from './counted-rows.ts';
import type { StatisticsShop } from './statistics-shop.ts';
import type { TaskEdges } from './task-edges.ts';

/** Tasks that are looked at in one read. */
const AT_ONCE = 1000;

/** The test that a task has failed, by its outcome and its status (`hasFailed`). */
const HAS_FAILED = `NOT coalesce(e.what, $untold) IN $open AND NOT coalesce(e.how, $untold) IN $open
  AND NOT (CASE WHEN coalesce(e.what, $untold) = $untold THEN coalesce(e.how, $untold) ELSE e.what END) IN $good`;

interface Row {
  readonly id: string;
  readonly last: bigint | null;
  readonly what: string | null;
  readonly how: string | null;
  readonly failed: boolean;
}

/** Tells which tasks failed, the newest first, and what else failed for them. */
export async function readFailedTasks(
  tx: Transaction,
  shop: StatisticsShop,
  edges: TaskEdges,
  range: DayRange,
  limit: number,
): Promise<Listed<FailedTask>> {
  const hasEdges = await edges.any();
  const rows: Row[] = [];
  const pages = hasEdges ? failedByEdges(tx, shop, edges, range) : failedByNodes(tx, shop, range);
  for await (const page of pages) {
    rows.push(...page);
    if (rows.length > limit) break;
  }
  const found = listed(rows.slice(0, limit + 1), limit);
  const properties = await propertiesOf(tx, found.rows);
  const tasks: FailedTask[] = [];
  for (const { id, last, what, how } of found.rows) {
    const said = properties.get(id);
    tasks.push({
      id,
      taskId: textOr(said?.['task_id']),
      description: textOr(said?.['task_description']),
      outcome: what ?? UNTOLD,
      status: how ?? UNTOLD,
      last: last === null ? null : Number(last),
      around: hasEdges ? await edges.around(id) : null,
    });
  }
  return { rows: tasks, more: found.more };
}

/** Those that no other row of their task comes after. */
async function* failedByEdges(
  tx: Transaction,
  shop: StatisticsShop,
  edges: TaskEdges,
  range: DayRange,
): AsyncGenerator<readonly Row[], void> {
  for await (const page of readRows(tx, shop, range, 'failed')) {
    const deciding = await edges.deciding(page.map(({ id }) => id));
    yield page.filter(({ id }) => deciding.has(id));
  }
}

/** Without edges nodes alone say of which task a row is, so all that are newer are looked at, too. */
async function* failedByNodes(
  tx: Transaction,
  shop: StatisticsShop,
  range: DayRange,
): AsyncGenerator<readonly Row[], void> {
  const seen = new Set<unknown>();
  for await (const page of readRows(tx, shop, range, 'TRUE')) {
    const properties = await propertiesOf(tx, page);
    yield page.filter((row) => {
      const task = properties.get(row.id)?.['task_id'] ?? row.id;
      const isLast = !seen.has(task);
      seen.add(task);
      return row.failed && isLast;
    });
  }
}

/** The rows of tasks, the newest first and what has no time last, each before those of the same task that it decides on. */
async function* readRows(
  tx: Transaction,
  shop: StatisticsShop,
  range: DayRange,
  wanted: 'failed' | 'TRUE',
): AsyncGenerator<readonly Row[], void> {
  const ranges = shop.ranges.filter(({ kind }) => kind === TASKS.prefix);
  const within = lastWithin(range);
  const { match, parameters } = matchCounted(shop, ranges);
  const words = { untold: UNTOLD, open: OPEN_STATES, good: [...GOOD_OUTCOMES, UNTOLD] };
  for (let skip = 0; ; skip += AT_ONCE) {
    const rows = await tx.run<Omit<Row, 'id'> & { readonly key: string }>(
      `${match} WITH e, coalesce(${within.condition}, FALSE) AND ${HAS_FAILED} AS failed WHERE ${wanted}
       WITH e, failed ORDER BY e.last IS NULL, e.last DESC, failed DESC, e.key SKIP $skip LIMIT $limit
       RETURN e.key AS key, e.last AS last, e.what AS what, e.how AS how, failed`,
      { ...parameters, ...within.parameters, ...words, skip: BigInt(skip), limit: BigInt(AT_ONCE) },
    );
    yield rows.map(({ key, ...row }) => ({ ...row, id: nodeId(AUDIT_EVENT, key) }));
    if (rows.length < AT_ONCE) return;
  }
}

async function propertiesOf(
  tx: Transaction,
  rows: readonly Pick<Row, 'id'>[],
): Promise<ReadonlyMap<string, Properties>> {
  const nodes = await findNodes(
    tx,
    rows.map(({ id }) => id),
    false,
  );
  return new Map(Array.from(nodes, ([id, { properties }]) => [id, readProperties(properties)]));
}

const textOr = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
