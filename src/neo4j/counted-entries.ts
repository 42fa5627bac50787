import { nodeId } from '../model/key.ts';
import { AUDIT_EVENT } from '../model/node.ts';
import { keysOf } from './entry-keys.ts';
import { areFew, readEventCounts } from './event-counts.ts';
import { findNodes } from './found-nodes.ts';
import { GRAPH_NODE, labelOf } from './labels.ts';
import type { Parameters, Transaction } from './transaction.ts';
import { IS_LIVING } from './typed-nodes.ts';

/** Whether an entry `e` counts: its node is there, and not marked as deleted. */
export interface Counted {
  readonly condition: string;
  readonly parameters: Parameters;
}

/** So many that are left out are named one by one. */
const MOST_NAMED = 10_000;
/** A key of so many characters may have an id that is shortened. */
const LONG_KEY = 100n;

/** Tells which entries count, with no look at their nodes where all do, or all but a few. */
export async function readCounted(tx: Transaction): Promise<Counted> {
  const deleted = await readDeleted(tx);
  const gone = deleted.length > MOST_NAMED ? [] : await readGone(tx);
  const hidden = [...new Set([...deleted, ...gone])];
  if (hidden.length === 0) return { condition: 'TRUE', parameters: {} };
  if (hidden.length <= MOST_NAMED) return { condition: 'NOT e.key IN $hidden', parameters: { hidden } };
  const isThere = `EXISTS { MATCH (n:${GRAPH_NODE} {UID: $beforeKey + e.key}) WHERE ${IS_LIVING} }`;
  const parameters = { beforeKey: `${AUDIT_EVENT}:`, longKeys: await readLiving(tx) };
  return { condition: `(${isThere} OR (size(e.key) > ${LONG_KEY} AND e.key IN $longKeys))`, parameters };
}

async function readDeleted(tx: Transaction): Promise<readonly string[]> {
  const rows = await tx.run<{ id: string }>(
    `MATCH (n:${labelOf(AUDIT_EVENT)}) WHERE n.deleted_at IS NOT NULL AND NOT (${IS_LIVING}) AND n.UID >= ''
     RETURN n.UID AS id LIMIT $limit`,
    { limit: BigInt(MOST_NAMED + 1) },
  );
  const keys = await keysOf(
    tx,
    rows.map(({ id }) => id),
  );
  return [...keys.values()];
}

/** The keys of events that are gone, or were never made as a hook has vetoed them; of many, whether there are such is told by counts. */
async function readGone(tx: Transaction): Promise<readonly string[]> {
  const counts = await readEventCounts(tx);
  if (!areFew(counts) && counts.ours === counts.entries) return [];
  const rows = await tx.run<{ key: string }>(
    `MATCH (e:AuditEntry) WHERE NOT EXISTS { MATCH (:${GRAPH_NODE} {UID: $beforeKey + e.key}) }
     RETURN e.key AS key LIMIT $limit`,
    { beforeKey: `${AUDIT_EVENT}:`, limit: BigInt(MOST_NAMED + 1) },
  );
  const living = await livingOf(
    tx,
    rows.map(({ key }) => key),
  );
  return rows.map(({ key }) => key).filter((key) => !living.has(key));
}

/** Long keys whose nodes count. */
async function readLiving(tx: Transaction): Promise<readonly string[]> {
  const rows = await tx.run<{ key: string }>(
    `MATCH (e:AuditEntry) WHERE size(e.key) > ${LONG_KEY} RETURN e.key AS key`,
  );
  const living = await livingOf(
    tx,
    rows.map(({ key }) => key),
  );
  return [...living];
}

async function livingOf(tx: Transaction, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const nodes = await findNodes(
    tx,
    keys.map((key) => nodeId(AUDIT_EVENT, key)),
    false,
  );
  return new Set(keys.filter((key) => nodes.get(nodeId(AUDIT_EVENT, key))?.deletedAt === null));
}
