import { compareUtf8 } from '../../model/text.ts';
import type { TrailUser } from '../../model/trail.ts';
import { findNodes } from '../found-nodes.ts';
import type { Transaction } from '../transaction.ts';

/** Those who did things, by the ids of their nodes, with their names; who did most comes first. */
export async function namedUsers(tx: Transaction, actions: ReadonlyMap<string, number>): Promise<readonly TrailUser[]> {
  const nodes = await findNodes(tx, [...actions.keys()], true);
  return Array.from(actions, ([id, count]) => ({ id, name: nodes.get(id)?.name ?? null, actions: count })).sort(
    (a, b) => b.actions - a.actions || compareUtf8(a.id, b.id),
  );
}
