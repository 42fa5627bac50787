import { type EdgeContent, edgeId, type GraphEdge } from '../model/edge.ts';
import type { HeldEvent, Holder, Rehanging } from '../model/graph-editor.ts';
import { readProperties } from '../model/properties.ts';
import { AUDIT_TRAIL, HAS_EVENT } from '../model/trail.ts';

/** To which trail events come, from nodes of which types beside those that are not there. */
export interface MigrationRules {
  readonly trail: string;
  readonly from: ReadonlySet<string>;
  /** The time of writing, ISO 8601. */
  readonly now: string;
}

/** What becomes of an event. */
export interface Judgement {
  readonly outcome: 'migrated' | 'in-place' | 'on-other-trail' | 'ambiguous' | 'held-by-others';
  readonly event: HeldEvent;
  /** The edges that go, where it comes to the trail. */
  readonly removed: readonly Holder[];
  /** Whether it hangs on the trail already. */
  readonly isHere: boolean;
  /** The types of the nodes that keep it from coming. */
  readonly types: readonly string[];
}

/** Decides where an event hangs in future. A pure function, as it is asked again within the transaction. */
export function judgeEvent(event: HeldEvent, rules: MigrationRules): Judgement {
  const isTrail = ({ node, nodeType }: Holder) => node === rules.trail || nodeType === AUDIT_TRAIL;
  const trails = new Set(event.holders.filter(isTrail).map(({ node }) => node));
  const rest = event.holders.filter((holder) => !isTrail(holder));
  const leaving = rest.filter(({ nodeType }) => nodeType !== undefined && rules.from.has(nodeType));
  const dangling = rest.filter(({ nodeType }) => nodeType === undefined);
  const isHere = trails.has(rules.trail);
  const stay = { event, removed: [], isHere, types: [] };

  if (trails.size > 1) return { ...stay, outcome: 'ambiguous' };
  // To bring it here, too, would put it on two trails.
  if (trails.size === 1 && !isHere) return { ...stay, outcome: leaving.length > 0 ? 'ambiguous' : 'on-other-trail' };
  const others = rest.length - leaving.length - dangling.length;
  if (others > 0 && leaving.length === 0) {
    const types = rest.flatMap(({ nodeType }) => nodeType ?? []);
    return { ...stay, outcome: 'held-by-others', types: [...new Set(types)] };
  }
  const removed = [...leaving, ...dangling];
  if (isHere && removed.length === 0) return { ...stay, outcome: 'in-place' };
  return { ...stay, outcome: 'migrated', removed };
}

/** How an event comes to the trail, where it is to; what its old edges say is read for that. */
export function rehangEvent(event: HeldEvent, rules: MigrationRules): Judgement & Rehanging {
  const judgement = judgeEvent(event, rules);
  const { outcome, removed, isHere } = judgement;
  const comes = outcome === 'migrated' && !isHere;
  return { ...judgement, inserted: comes ? edgeTo(event.id, removed, rules) : undefined };
}

/** The edge from the trail; it tells when the event was hung up first, where that is known. */
function edgeTo(event: string, removed: readonly Holder[], { trail, now }: MigrationRules): GraphEdge {
  const properties = firstTold(removed) ?? JSON.stringify({ created: now });
  const content: EdgeContent = { edgeType: HAS_EVENT, fromNode: trail, toNode: event, properties };
  return { id: edgeId(content), ...content };
}

function firstTold(removed: readonly Holder[]): string | undefined {
  for (const holder of removed) {
    const properties = holder.properties();
    if (properties !== null && typeof readProperties(properties)['created'] === 'string') return properties;
  }
  return undefined;
}
