import { type Span, spanOf } from './event-span.ts';
import type { NamedNode } from './node-texts.ts';

/** What is kept beside a recorded event, and may be said nowhere else: the session and the time of a system event. */
export interface KeptFacts {
  readonly session: string | null;
  readonly span: Span | undefined;
}

/** What of a node tells whether it is wanted, beside its type and subtype. */
export interface NodeView extends NamedNode {
  /** Undefined where nothing is kept of it. */
  readonly kept: () => KeptFacts | undefined;
}

/** The session that a node says it belongs to, else the one that is kept. */
export function sessionOfNode({ properties, kept }: NodeView): unknown {
  return properties['session_id'] ?? kept()?.session;
}

/** When a node says it was, else what is kept of that. */
export function spanOfNode({ properties, kept }: NodeView): Span | undefined {
  return spanOf(properties) ?? kept()?.span;
}
