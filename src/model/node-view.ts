import type { EntityType } from './entity.ts';
import { type Span, spanOf } from './event-span.ts';
import type { DayCount } from './facets.ts';
import type { NamedNode } from './node-texts.ts';

/** What is kept beside a recorded event, and may be said nowhere else: the session and the time of a system event. */
export interface KeptFacts {
  readonly session: string | null;
  readonly span: Span | undefined;
  /** Of which days its rows were; undefined where all are of the last one. */
  readonly days: () => readonly DayCount[] | undefined;
}

/** What of a node tells whether it is wanted, beside its type and subtype. */
export interface NodeView extends NamedNode {
  /** Undefined where nothing is kept of it. */
  readonly kept: () => KeptFacts | undefined;
  /** Whether an edge of a type leads from it to an entity. */
  readonly leadsTo: (edgeType: string, entity: EntityType, value: string) => boolean;
}

/** The session that a node says it belongs to, else the one that is kept. */
export function sessionOfNode({ properties, kept }: Pick<NodeView, 'properties' | 'kept'>): unknown {
  return properties['session_id'] ?? kept()?.session;
}

/** When a node says it was, else what is kept of that. */
export function spanOfNode({ properties, kept }: Pick<NodeView, 'properties' | 'kept'>): Span | undefined {
  return spanOf(properties) ?? kept()?.span;
}
