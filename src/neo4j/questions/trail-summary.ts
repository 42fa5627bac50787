import { spanOf } from '../../model/event-span.ts';
import { readProperties } from '../../model/properties.ts';
import { compareUtf8 } from '../../model/text.ts';
import type { TrailSummary, TrailUser } from '../../model/trail.ts';
import { TrailTally } from '../../model/trail-tally.ts';
import type { FindFacts } from '../entry-facts.ts';
import { findNodes } from '../found-nodes.ts';
import type { Transaction } from '../transaction.ts';
import { readTrailEvents } from './trail-events.ts';

/** Tells what hangs on a trail, exactly, from nodes and edges. */
export async function summarizeTrail(tx: Transaction, id: string, findFacts: FindFacts): Promise<TrailSummary> {
  const tally = new TrailTally();
  const actions = new Map<string, number>();
  const trail = (await findNodes(tx, [id], true)).get(id);
  if (trail === undefined) return tally.summary([]);
  for await (const page of readTrailEvents(tx, trail.handle)) {
    const spans = page.map(({ event }) => spanOf(readProperties(event.properties)));
    const untold = page.filter((_, at) => spans[at] === undefined).map(({ event }) => event.id);
    const facts = await findFacts(tx, untold);
    for (const [at, { event, users }] of page.entries()) {
      tally.add(event.subtype, spans[at] ?? facts.get(event.id)?.span);
      for (const user of users) actions.set(user, (actions.get(user) ?? 0) + 1);
    }
  }
  return tally.summary(await named(tx, actions));
}

/** Who did most comes first. */
export async function named(tx: Transaction, actions: ReadonlyMap<string, number>): Promise<readonly TrailUser[]> {
  const nodes = await findNodes(tx, [...actions.keys()], true);
  return Array.from(actions, ([id, count]) => ({ id, name: nodes.get(id)?.name ?? null, actions: count })).sort(
    (a, b) => b.actions - a.actions || compareUtf8(a.id, b.id),
  );
}
