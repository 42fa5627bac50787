/** A draft on its way into the graph: a whole one as JSON content, a partial one as JSON state. */
export interface StagedDraft {
  readonly key: string;
  readonly whole: boolean;
  readonly body: string;
  /** How many drafts it is folded from, and how many of them an earlier run had read. */
  readonly drafts: number;
  readonly known: number;
}

/** Merges the JSON states of two partial drafts with one key. */
export type MergeBodies = (a: string, b: string) => string;

/** Where the drafts of one extractor meet before they are compared: on disk, so that memory does not grow with them. */
export interface Staging {
  /** Folds drafts in; returns how many whole ones were dropped because another has their key already. Throws on a mix. */
  put(drafts: Iterable<StagedDraft>): number;
  /** Whether there is a draft of a key. */
  has(key: string): boolean;
  /** How many drafts there are. */
  count(): number;
  /** Everything folded so far, in the order of the keys. Nothing may be put while this is read. */
  drafts(): Iterable<StagedDraft>;
  close(): void;
}

/** Opens an empty store whose drafts meet by `merge`. */
export type OpenStaging = (merge: MergeBodies) => Staging;
