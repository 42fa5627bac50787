import { AUDIT_EVENT } from '../../model/node.ts';
import { HAS_EVENT } from '../../model/trail.ts';
import { type FoundNode, NODE_VALUES, type NodeValues, toFoundNode } from '../found-nodes.ts';
import { labelOf } from '../labels.ts';
import type { Transaction } from '../transaction.ts';
import { IS_LIVING, NODE_TYPE, TYPE_PARAMETERS } from '../typed-nodes.ts';

/** An event that hangs on a trail, and the ids of who did it. */
export interface TrailEvent {
  readonly event: FoundNode;
  readonly users: readonly string[];
}

const AT_ONCE = 2000n;
/** All edges of a trail of more are not put in order for each page; all events are gone along once instead. */
const MANY_EVENTS = 20_000n;

const HANGS = `(t)-[:${HAS_EVENT}]->(n)`;

/** The living events that hang on a trail, page by page; one that hangs on it by two edges comes once. */
export async function* readTrailEvents(tx: Transaction, trail: string): AsyncGenerator<readonly TrailEvent[], void> {
  const handle = { trail };
  const [degree] = await tx.run<{ events: bigint }>(
    `MATCH (t) WHERE elementId(t) = $trail RETURN count { (t)-[:${HAS_EVENT}]->() } AS events`,
    handle,
  );
  const isLarge = (degree?.events ?? 0n) > MANY_EVENTS;
  const events = isLarge
    ? `MATCH (n:${labelOf(AUDIT_EVENT)}) WHERE EXISTS { MATCH ${HANGS} WHERE elementId(t) = $trail } AND`
    : `MATCH (t) WHERE elementId(t) = $trail MATCH ${HANGS} WHERE`;
  for (let after = ''; ; ) {
    const rows = await tx.run<NodeValues & { readonly users: readonly unknown[] }>(
      `${events} n.UID > $after AND ${IS_LIVING} AND ${NODE_TYPE} = $type
       WITH ${isLarge ? '' : 'DISTINCT'} n ORDER BY n.UID LIMIT $limit
       RETURN ${NODE_VALUES}, [(n)-[:PERFORMED_BY]->(u) | u.UID] AS users`,
      { ...handle, ...TYPE_PARAMETERS, type: AUDIT_EVENT, after, limit: AT_ONCE },
    );
    yield rows.map((row) => ({ event: toFoundNode(row), users: textsOf(row.users) }));
    const last = rows.at(-1);
    if (last === undefined) return;
    after = toFoundNode(last).id;
  }
}

const textsOf = (values: readonly unknown[]): readonly string[] => [
  ...new Set(values.filter((value) => typeof value === 'string')),
];
