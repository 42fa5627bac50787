import { CHANGE_LOG } from '../model/change.ts';
import { readProperties } from '../model/properties.ts';
import type { Work } from './write-once.ts';

/** Nodes of the log that go in one transaction. */
const AT_ONCE = 2000n;

/** How far it is: how many changes are gone, and what tells the transaction whose entry in the log tells of it. */
export interface Pruned {
  readonly gone: number;
  readonly entry: string | undefined;
}

/** Drops some changes older than a moment, ISO 8601, from the log, which keeps how many went; gives how far it is then. */
export async function pruneSome(work: Work, before: string, sofar: Pruned, actor: string): Promise<Pruned> {
  const { tx, writer, mark } = work;
  // Two at once would count the same changes: the second one waits here.
  await tx.run("MERGE (meta:AuditMeta {name: 'pruning'}) SET meta += {}");
  const [dropped] = await tx.run<{ count: bigint; amount: bigint }>(
    `MATCH (c:AuditChange) WHERE c.at < $before AND c.component <> $log
     WITH c ORDER BY c.at LIMIT $limit WITH c, c.amount AS amount DELETE c
     RETURN count(*) AS count, sum(amount) AS amount`,
    { before, log: CHANGE_LOG, limit: AT_ONCE },
  );
  if (dropped === undefined || dropped.count === 0n) return sofar;
  const record = `before ${before}`;
  const toldIn = '(c:AuditChange {record: $record, tx: $entry})';
  const entry = { record, entry: sofar.entry ?? mark.tx };
  const [told] = await tx.run<{ after: string }>(`MATCH ${toldIn} RETURN c.after AS after`, entry);
  // What the log says, and not what is known here: the answer to a try before this one may have got lost.
  const changes = readProperties(told?.after)['changes'];
  const gone = Number(dropped.amount) + (typeof changes === 'number' ? changes : 0);
  const after = JSON.stringify({ before, changes: gone });
  if (told === undefined) {
    writer.changes.note({ component: CHANGE_LOG, recordId: record, operation: 'prune', actor, after });
  } else {
    await tx.run(`MATCH ${toldIn} SET c.after = $after`, { ...entry, after });
  }
  return { gone, entry: entry.entry };
}
