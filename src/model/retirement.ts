/** The events of one extractor: how their keys begin, and their subtype. */
export interface EventKind {
  readonly prefix: string;
  readonly subtype: string;
}

/** Nodes under ids that a change of the rules for secrets has replaced: how many, and the first ids. */
export interface ReplacedIds {
  readonly nodes: number;
  readonly ids: readonly string[];
}

/** What becomes of events that are no longer derived. */
export interface Retirement {
  /**
   * Forgets what is kept of events of a kind that this run has not seen; their nodes stay. Those of keys that are
   * replaced by others are listed.
   */
  forgetUnseen(kind: EventKind, isReplaced: (key: string) => boolean): Promise<void>;
  /** Keys with a prefix after one, in order, of events that are recorded and not deleted as far as that is known. */
  readCounted(prefix: string, after: string): Promise<readonly string[]>;
  /** Marks the nodes of events as deleted. Gives how many were not deleted before. */
  deleteEvents(keys: readonly string[], actor: string): Promise<number>;
  /** The nodes of an origin that are listed so, of this run and others. */
  readReplaced(origin: string | undefined): Promise<ReplacedIds>;
  /** Removes the nodes listed so from the graph, but for those that others refer to. Gives how many went. */
  retireReplaced(origin: string | undefined): Promise<number>;
}
