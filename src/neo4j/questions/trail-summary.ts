import { spanOf } from '../../model/event-span.ts';
import { readProperties } from '../../model/properties.ts';
import type { TrailSummary } from '../../model/trail.ts';
import { TrailTally } from '../../model/trail-tally.ts';
import { type FindFacts, noFacts } from '../entry-facts.ts';
import { findNodes } from '../found-nodes.ts';
import type { Transaction } from '../transaction.ts';
import { summarizeRecorded } from './recorded-trail.ts';
import { readTrailEvents } from './trail-events.ts';
import { namedUsers } from './trail-users.ts';

/** Tells what hangs on a trail, exactly, from nodes and edges. */
export async function summarizeTrail(tx: Transaction, id: string, findFacts: FindFacts): Promise<TrailSummary> {
  const tally = new TrailTally();
  const actions = new Map<string, number>();
  const trail = (await findNodes(tx, [id], true)).get(id);
  if (trail === undefined) return tally.summary([]);
  const recorded = findFacts === noFacts ? undefined : await summarizeRecorded(tx, trail.handle);
  if (recorded !== undefined) return recorded;
  for await (const page of readTrailEvents(tx, trail.handle)) {
    const spans = page.map(({ event }) => spanOf(readProperties(event.properties)));
    const untold = page.filter((_, at) => spans[at] === undefined).map(({ event }) => event.id);
    const facts = await findFacts(tx, untold);
    for (const [at, { event, users }] of page.entries()) {
      tally.add(event.subtype, spans[at] ?? facts.get(event.id)?.span);
      for (const user of users) actions.set(user, (actions.get(user) ?? 0) + 1);
    }
  }
  return tally.summary(await namedUsers(tx, actions));
}
