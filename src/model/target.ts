import type { Checkpoint } from './checkpoint.ts';
import type { Entry, StoredEntry } from './entry.ts';
import type { KeptFields } from './leaf.ts';
import type { LinkTarget } from './link-target.ts';
import type { LinkCounts, LinkedEdges } from './linker.ts';
import type { Change, GraphNode } from './node.ts';
import type { Properties } from './properties.ts';
import type { RunReport } from './report.ts';
import type { Retirement } from './retirement.ts';
import type { GraphDigest } from './seal.ts';

/** The graph that is written, or, in a dry run, only compared with. */
export interface Target {
  readonly path: string;
  /** The longest write transaction so far, in milliseconds. */
  readonly longestWriteMs: number;
  /** How the graph was not as the last seal had left it, for people; undefined where it was, as far as it was looked at. */
  readonly breach: string | undefined;
  /** The fields of a node that it keeps as they are given. */
  readonly keptFields: KeptFields;
  /** One digest over the nodes that are recorded as ours, and their number. */
  readDigest(): Promise<GraphDigest>;
  /** How far an extractor has come, by the name of its checkpoint; undefined before its first run. */
  readCheckpoint(extractor: string): Promise<Checkpoint | undefined>;
  /** How far every extractor has come that ever ran. */
  readCheckpoints(): Promise<readonly Checkpoint[]>;
  /** How many entries are kept of keys with this prefix. */
  countEntries(prefix: string): Promise<number>;
  /** How the kept entries of these keys stand; undefined for a key of which nothing is kept. */
  readEntries(keys: readonly string[]): Promise<readonly (StoredEntry | undefined)[]>;
  /**
   * Writes a batch, or the first part of it, at least one entry, in one transaction with the checkpoint: one that lasts
   * too long ends early, so call again with the rest. What does not differ is not written.
   */
  write(batch: Batch): Promise<Written>;
  /** What writing a batch would do. */
  preview(batch: Batch): Promise<Written>;
  /** What becomes of events that are no longer derived. */
  readonly retirement: Retirement;
  /** The making of edges; undefined where none are wanted. */
  readonly links: LinkTarget | undefined;
  /** Cleans the reports of the runs so far, and the log of changes. */
  cleanRecords(clean: (json: string) => string): Promise<void>;
  /** Keeps the report of a run that has changed something; of any other only that it looked. */
  finishRun(report: RunReport): Promise<void>;
  close(): Promise<void>;
}

/** How edges are made together with nodes. */
export interface Linking {
  /** `said` is what the properties of the node say, where they were read already. */
  readonly edgesOf: (node: GraphNode, session: string | null, said: Properties | undefined) => LinkedEdges;
  /** The rows above this one are what entries stand for; undefined for all rows. */
  readonly after: bigint | undefined;
}

/** Entries to be written together. */
export interface Batch {
  readonly entries: readonly Entry[];
  /** Who writes them: an extractor with its version, or a person. */
  readonly actor: string;
  /**
   * What becomes of an entry whose key has one already: both as one, or undefined where the kept one stays as it is.
   * Without a `fold` the kept one is replaced. `hasNode` tells whether the node of the entry is still there.
   */
  readonly fold: ((stored: StoredEntry, entry: Entry, hasNode: () => boolean) => Entry | undefined) | undefined;
  /** Whether entries are marked as seen by this run, even where nothing else is to be written. */
  readonly touch: boolean;
  /** Undefined where no edges are wanted. */
  readonly linking?: Linking | undefined;
  /**
   * The checkpoint that stands for the first entries of the batch, given whether any of them was written; undefined
   * where it stays as it is.
   */
  readonly checkpointAfter: (entries: number, wrote: boolean) => Checkpoint | undefined;
}

/** What became of the first entries of a batch. */
export interface Written {
  /** How many entries are done. */
  readonly entries: number;
  readonly changes: readonly Change[];
  /** Entries dropped because an earlier whole draft has their key. */
  readonly dropped: number;
  /** What became of their edges. */
  readonly links: LinkCounts | undefined;
}
