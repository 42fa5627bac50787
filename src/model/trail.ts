/** The type of the nodes that events hang on. */
export const AUDIT_TRAIL = 'audit_trail';

/** The edge from a trail to an event. */
export const HAS_EVENT = 'HAS_EVENT';

/** Which trails a graph has; those that are marked as deleted are none. */
export interface TrailLookup {
  /** Whether there is a trail of this id, whoever made it. */
  has(id: string): Promise<boolean>;
  /** The ids of trails, so many at the most, in their order. */
  ids(limit: number): Promise<readonly string[]>;
  /** Whether there is a node of this id, be it a trail or not: no trail can be made under it. */
  isTaken(id: string): Promise<boolean>;
}

/** How many events of a kind there are on a day. */
export interface TrailDay {
  /** `YYYY-MM-DD` in UTC; null where no date is known. */
  readonly day: string | null;
  /** Null where the event does not say its kind. */
  readonly subtype: string | null;
  readonly events: number;
}

/** Who did things that a trail tells of, and how many. */
export interface TrailUser {
  readonly id: string;
  readonly name: string | null;
  readonly actions: number;
}

/** What hangs on a trail. */
export interface TrailSummary {
  readonly events: number;
  /** When the first began and the last ended, in milliseconds since 1970; null where none is known. */
  readonly first: number | null;
  readonly last: number | null;
  /** In the order of days and kinds, what has no date last. */
  readonly days: readonly TrailDay[];
  /** Who did most comes first. */
  readonly users: readonly TrailUser[];
}

/** Tells what hangs on the trails of a graph. */
export interface TrailReader extends TrailLookup {
  /** Of a trail that is there. */
  summarize(id: string): Promise<TrailSummary>;
}

/** What `trail` says, in the shape that `--json` prints. */
export interface TrailReport {
  readonly schema: 'audit-extract/trail@1';
  readonly target: { readonly path: string };
  readonly trail: string;
  readonly events: number;
  /** ISO 8601, in UTC. */
  readonly first: string | null;
  readonly last: string | null;
  /** In the order of kinds. */
  readonly kinds: readonly Omit<TrailDay, 'day'>[];
  readonly days: readonly TrailDay[];
  readonly users: readonly TrailUser[];
}
