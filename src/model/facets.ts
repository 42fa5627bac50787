/**
 * What an event is found and counted by, beside what its node says. An extractor gives what it knows; all of it may be
 * left out. What the node's properties say of times, session and user goes before it.
 */
export interface Facets {
  /** When it happened: the first and the last moment, as the source has them. */
  readonly first?: string | null | undefined;
  readonly last?: string | null | undefined;
  /** The session it belongs to. */
  readonly session?: string | null | undefined;
  /** The user who did it. */
  readonly user?: string | null | undefined;
  /** What it was, and how it was that: tool and error type, kind and trigger of a system event, outcome and status. */
  readonly what?: string | null | undefined;
  readonly how?: string | null | undefined;
  /** Of rows of more than one day: how many were of which day (`YYYY-MM-DD` in UTC, empty for no date), by day. */
  readonly days?: readonly DayCount[] | undefined;
}

/** How many rows were of a day. */
export type DayCount = readonly [day: string, rows: number];
