import { nodeId } from '../../model/key.ts';
import { leafOf } from '../../model/leaf.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import type { RecordedNode } from '../../model/recorded-graph.ts';
import type { Transaction } from '../transaction.ts';
import { KEPT_FIELDS } from './batch-plan.ts';
import { findEventNodes } from './event-nodes.ts';
import type { KeySpan } from './key-spans.ts';

/** What is kept of an event, and its node has to agree with. */
type Recorded = Pick<RecordedNode, 'key' | 'drafts' | 'leaf' | 'state'>;
type Row = Omit<Recorded, 'drafts'> & { readonly drafts: bigint };

const RETURNED = 'RETURN e.key AS key, e.drafts AS drafts, e.leaf AS leaf, e.state AS state';

/** Records of a span of keys, in order, so many at the most, each with its node as it stands. */
export async function readRecords(
  tx: Transaction,
  { from, before }: KeySpan,
  limit: number,
): Promise<readonly RecordedNode[]> {
  const rows = await tx.run<Row>(
    `MATCH (e:AuditEntry) WHERE e.key >= $from AND e.key < $before ${RETURNED} ORDER BY e.key LIMIT $limit`,
    { from, before, limit: BigInt(limit) },
  );
  return joinNodes(tx, rows.map(toRecorded));
}

/** The records of some keys, in the order given. */
export async function findRecords(tx: Transaction, keys: readonly string[]): Promise<readonly RecordedNode[]> {
  const records = await findRecorded(tx, keys);
  return joinNodes(
    tx,
    keys.flatMap((key) => records.get(key) ?? []),
  );
}

/**
 * A server shows what others commit from one statement to the next, so a record that its node does not agree with is read once
 * more: where it has changed meanwhile, so has the node.
 */
async function joinNodes(tx: Transaction, recorded: readonly Recorded[]): Promise<readonly RecordedNode[]> {
  const nodes = await findEventNodes(
    tx,
    recorded.map(({ key }) => nodeId(AUDIT_EVENT, key)),
  );
  const joined = recorded.map((entry): RecordedNode => {
    const id = nodeId(AUDIT_EVENT, entry.key);
    const node = nodes.get(id);
    return { ...entry, id, node, isDeleted: node !== undefined && node.deletedAt !== null };
  });
  const odd = joined.filter(({ node, leaf }) => node === undefined || leafOf(node, KEPT_FIELDS) !== leaf);
  if (odd.length === 0) return joined;
  const again = await findRecorded(
    tx,
    odd.map(({ key }) => key),
  );
  const gone = new Set(odd.filter(({ key }) => !again.has(key)).map(({ key }) => key));
  const changed = odd.flatMap(({ key, leaf }) => {
    const now = again.get(key);
    return now === undefined || now.leaf === leaf ? [] : [now];
  });
  const anew = new Map((changed.length === 0 ? [] : await joinNodes(tx, changed)).map((one) => [one.key, one]));
  return joined.filter(({ key }) => !gone.has(key)).map((one) => anew.get(one.key) ?? one);
}

async function findRecorded(tx: Transaction, keys: readonly string[]): Promise<ReadonlyMap<string, Recorded>> {
  const rows = await tx.run<Row>(`UNWIND $keys AS key MATCH (e:AuditEntry {key: key}) ${RETURNED}`, { keys });
  return new Map(rows.map((row) => [row.key, toRecorded(row)]));
}

const toRecorded = ({ key, drafts, leaf, state }: Row): Recorded => ({ key, drafts: Number(drafts), leaf, state });
