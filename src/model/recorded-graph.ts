import type { Checkpoint } from './checkpoint.ts';
import type { KeptFields } from './leaf.ts';
import type { StoredNode } from './node.ts';
import type { GraphDigest, Seal } from './seal.ts';

/** A node that is recorded as ours, and as it stands; `node` is undefined where it is gone. */
export interface RecordedNode {
  readonly key: string;
  readonly drafts: number;
  /** The leaf that was recorded when it was written last. */
  readonly leaf: string;
  /** What it is folded from; null where one row says all of it. */
  readonly state: string | null;
  readonly id: string;
  readonly node: StoredNode | undefined;
  /** Whether it is marked as deleted. */
  readonly isDeleted: boolean;
}

/** What a node says, under its key. */
export interface Leaf {
  readonly key: string;
  readonly leaf: string;
}

/** Takes leaves in the order of their keys by UTF-8 bytes. */
export interface LeafSink {
  add(key: string, leaf: string): void;
}

/** Hashes leaves into a fingerprint. */
export interface LeafDigest {
  /** The next part; all leaves of a part come before those of the next one, though they may be added in any order of parts. */
  openPart(): LeafSink;
  finish(): GraphDigest;
}

/** A graph that is only read, in short transactions, while others write it. */
export interface RecordedGraph {
  readonly path: string;
  readonly keptFields: KeptFields;
  readCheckpoints(): Promise<readonly Checkpoint[]>;
  /** The prefixes that recorded keys have. */
  prefixes(): Promise<readonly string[]>;
  /** All that is recorded of keys with a prefix, page by page, in the order of keys by UTF-8 bytes. */
  records(prefix: string): AsyncIterable<readonly RecordedNode[]>;
  /** What is recorded of some keys, page by page, in the order given. */
  recordsOf(keys: readonly string[]): AsyncIterable<readonly RecordedNode[]>;
  /** Some keys, chosen at random. */
  sampleKeys(count: number): Promise<readonly string[]>;
  /** Begins a fingerprint. */
  openDigest(): LeafDigest;
  /** What the recorded leaves come to, hashed anew, and what was kept of that. */
  digestLeaves(): Promise<{ readonly hashed: GraphDigest; readonly kept: GraphDigest }>;
  /** Links of the chain from a number on, so many at the most. */
  seals(from: number, limit: number): Promise<readonly Seal[]>;
  headSeal(): Promise<Seal | undefined>;
  /** A digest of the checkpoints as they stand. */
  checkpointsDigest(): Promise<string>;
  close(): Promise<void>;
}
