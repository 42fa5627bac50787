import { spanOf } from '../../model/event-span.ts';
import { groupBy } from '../../model/group-by.ts';
import { readProperties } from '../../model/properties.ts';
import { hasFailed, UNTOLD } from '../../model/statistics.ts';
import { latestOf, type TaskEnd } from '../../model/task-ends.ts';
import { keysOf } from '../entry-keys.ts';
import { findNodes } from '../found-nodes.ts';
import type { Transaction } from '../transaction.ts';
import { IS_LIVING } from '../typed-nodes.ts';

/** The tasks, by their handles, that some events are for. */
export async function readTasksOf(
  tx: Transaction,
  events: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const nodes = await findNodes(tx, events, false);
  const rows = await tx.run<{ event: string; task: string }>(
    `UNWIND $handles AS handle MATCH (n) WHERE elementId(n) = handle
     MATCH (n)-[:FOR_TASK]->(t) RETURN DISTINCT n.UID AS event, elementId(t) AS task`,
    { handles: [...nodes.values()].map(({ handle }) => handle) },
  );
  return new Map(
    Array.from(
      groupBy(rows, ({ event }) => event),
      ([event, all]) => [event, all.map(({ task }) => task)],
    ),
  );
}

/** The events that decide on some tasks, by the handles of these: the latest of the tasks' own; `begins` is how their ids begin. */
export async function readDeciding(
  tx: Transaction,
  tasks: readonly string[],
  begins: readonly string[],
): Promise<ReadonlyMap<string, TaskEnd>> {
  const rows = await tx.run<{ task: string; id: string }>(
    `UNWIND $tasks AS task MATCH (t) WHERE elementId(t) = task
     MATCH (t)<-[:FOR_TASK]-(n) WHERE any(begin IN $begins WHERE n.UID STARTS WITH begin) AND ${IS_LIVING}
     RETURN DISTINCT task, n.UID AS id`,
    { tasks, begins },
  );
  const ends = await readEnds(tx, [...new Set(rows.map(({ id }) => id))]);
  const deciding = new Map<string, TaskEnd>();
  for (const [task, all] of groupBy(rows, (row) => row.task)) {
    const latest = latestOf(all.flatMap(({ id }) => ends.get(id) ?? []));
    if (latest !== undefined) deciding.set(task, latest);
  }
  return deciding;
}

/** What is kept of a task's own events; of those of which nothing is, what their nodes say. */
async function readEnds(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, TaskEnd>> {
  const keys = await keysOf(tx, ids);
  const rows = await tx.run<{ key: string; last: bigint | null; what: string | null; how: string | null }>(
    'UNWIND $keys AS key MATCH (e:AuditEntry {key: key}) RETURN key, e.last AS last, e.what AS what, e.how AS how',
    { keys: [...keys.values()] },
  );
  const kept = new Map(rows.map((row) => [row.key, row]));
  const ends = new Map<string, TaskEnd>();
  for (const [id, key] of keys) {
    const row = kept.get(key);
    if (row === undefined) continue;
    const last = row.last === null ? null : Number(row.last);
    ends.set(id, { id, last, isFailed: hasFailed(row.what ?? UNTOLD, row.how ?? UNTOLD) });
  }
  const others = await findNodes(
    tx,
    ids.filter((id) => !ends.has(id)),
    false,
  );
  for (const [id, { properties: json }] of others) {
    const properties = readProperties(json);
    const text = (value: unknown) => (typeof value === 'string' ? value : UNTOLD);
    const isFailed = hasFailed(text(properties['outcome']), text(properties['status']));
    ends.set(id, { id, last: spanOf(properties)?.last ?? null, isFailed });
  }
  return ends;
}
