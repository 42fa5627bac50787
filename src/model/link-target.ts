import type { LinkCounts, LinkedEdges } from './linker.ts';
import type { StoredNode } from './node.ts';
import type { TrailLookup } from './trail.ts';

/** Makes edges of events that are in the graph already. */
export interface LinkTarget {
  readonly trails: TrailLookup;
  /** How many events are not recorded, as others have written them: nothing is linked of these. */
  countUnrecorded(): Promise<number>;
  /** Events after a place, in an order of the graph's own, that were written since their edges were made last; '' is before all. */
  readUnlinked(after: string, limit: number): Promise<readonly UnlinkedEvent[]>;
  /** Says that events were written without their edges; undefined where all were written with them, or linked since. */
  readNote(): Promise<string | undefined>;
  /** Everything is linked; a note that was kept since stays. */
  dropNote(note: string): Promise<void>;
  /** Makes edges, those of the first events at the least, in one transaction. */
  link(events: readonly EventLinks[]): Promise<LinkedEvents>;
  /** Counts what that would do. */
  preview(events: readonly EventLinks[]): Promise<LinkCounts>;
  /** Keys with a prefix after one, of events whose rows name more than their nodes do, and are not all linked. */
  readOwed(prefix: string, after: string, limit: number): Promise<readonly OwedLinks[]>;
  /** The rows of these keys are linked; what is owed for rows that have come meanwhile stays. */
  settle(keys: readonly string[], paid: PaidRows): Promise<void>;
}

/** An event whose edges are to be made. */
export interface UnlinkedEvent {
  /** Its place in the order in which such events are read. */
  readonly place: string;
  readonly entry: LinkedEntry;
  readonly id: string;
  readonly session: string | null;
  /** Undefined where it is gone. */
  readonly node: StoredNode | undefined;
}

/** What is kept of an event, as it was when its edges were made of it. */
export interface LinkedEntry {
  readonly key: string;
  readonly leaf: string;
  readonly keptSession: string | null;
}

/** The edges of an event; of one that is recorded, `entry` is marked as linked. */
export interface EventLinks extends LinkedEdges {
  readonly id: string;
  readonly entry: LinkedEntry | undefined;
}

/** How many of the events are done, and what became of their edges. */
export interface LinkedEvents {
  readonly events: number;
  readonly counts: LinkCounts;
}

/** Which rows were read to be linked: how far their extractor, by its checkpoint's name, had come, of which table. */
export interface PaidRows {
  readonly extractor: string;
  readonly upTo: bigint | undefined;
  /** Of a table that is read whole. */
  readonly content: string | undefined;
}

/** Rows of a key above `after` that are not linked; all of them where it is undefined. */
export interface OwedLinks {
  readonly key: string;
  readonly after: bigint | undefined;
}
