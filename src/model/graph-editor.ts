import type { GraphEdge } from './edge.ts';
import type { EntityNode } from './entity.ts';
import type { TrailLookup } from './trail.ts';

/** An edge to an event, and the node that it comes from. */
export interface Holder {
  /** What tells the edge from all others, as the graph has it; not to be shown. */
  readonly edge: string;
  readonly node: string;
  /** Undefined where there is no such node, or it is marked as deleted. */
  readonly nodeType: string | undefined;
  /** Text, of JSON if all is well, or null. Read when it is asked for, as it may be large and is needed for few. */
  readonly properties: () => string | null;
}

/** An event, and all that it hangs on. */
export interface HeldEvent {
  readonly id: string;
  readonly holders: readonly Holder[];
}

/** Some events, and where the next ones begin; undefined where there are no more. */
export interface EventPage {
  readonly events: readonly HeldEvent[];
  readonly next: PagePosition | undefined;
}

/** A place in the order of ids. */
export type PagePosition = Uint8Array;

/** Which edges to an event go, and which one comes, where one does. */
export interface Rehanging {
  readonly removed: readonly Holder[];
  readonly inserted: GraphEdge | undefined;
}

/** What the events of a graph hang on. It is read in short transactions, while others write it. */
export interface HoldingReader {
  readonly path: string;
  readonly trails: TrailLookup;
  /** Whether there is a node of a type. */
  hasNodeOf(nodeType: string): Promise<boolean>;
  /** Events in the order of their ids; what was made meanwhile may be among them. */
  readEvents(after: PagePosition | undefined): Promise<EventPage>;
  close(): Promise<void>;
}

/** A graph that is edited in short transactions, while others write it, too. */
export interface GraphEditor extends HoldingReader {
  /** The longest transaction that wrote, so far. */
  readonly longestWriteMs: number;
  /** Makes a node, unless there is one of this id. */
  makeNode(node: EntityNode): Promise<void>;
  /**
   * Hangs events elsewhere, the first of them at the least, in one transaction. What becomes of each is decided there, as
   * it hangs then; one that is gone by then is undefined in what is given. `decide` is asked again where a transaction was
   * undone. Throws, and does nothing, where an edge cannot be made.
   */
  rehang<Decision extends Rehanging>(
    ids: readonly string[],
    decide: (event: HeldEvent) => Decision,
  ): Promise<readonly (Decision | undefined)[]>;
}
