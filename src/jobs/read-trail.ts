import { findTrail } from '../graph/choose-trail.ts';
import { AuditError } from '../model/errors.ts';
import type { TrailDay, TrailReport } from '../model/trail.ts';
import { compareKinds } from '../model/trail-tally.ts';
import type { AskGraph } from './ask-graph.ts';

/** What hangs on a trail of a graph, the named one or the only one. Throws where there is none. */
export function readTrail(ask: AskGraph, name: string | undefined): Promise<TrailReport> {
  return ask(async ({ path: target, trails }) => {
    const trail = await findTrail(trails, name);
    if (trail === undefined) {
      const hint = 'make its edges: audit-extract run --edges, or audit-extract link for what is there';
      throw new AuditError('trail-not-found', `target ${target} has no trail`, hint);
    }
    const { events, first, last, days, users } = await trails.summarize(trail);
    return {
      schema: 'audit-extract/trail@1',
      target: { path: target },
      trail,
      events,
      first: isoOf(first),
      last: isoOf(last),
      kinds: kindsOf(days),
      days,
      users,
    };
  });
}

function kindsOf(days: readonly TrailDay[]): TrailReport['kinds'] {
  const kinds = new Map<string | null, number>();
  for (const { subtype, events } of days) kinds.set(subtype, (kinds.get(subtype) ?? 0) + events);
  return [...kinds].toSorted(([a], [b]) => compareKinds(a, b)).map(([subtype, events]) => ({ subtype, events }));
}

const isoOf = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : new Date(milliseconds).toISOString();
