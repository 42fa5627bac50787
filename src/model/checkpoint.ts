import type { AnyExtractor, Condition } from './extractor.ts';
import { originOf } from './key.ts';
import type { Landmarks } from './landmark.ts';

/** How far an extractor has come in its table. It commits with the nodes and the records that it stands for. */
export interface Checkpoint {
  /** As `checkpointName` calls it. */
  readonly extractor: string;
  readonly table: string;
  /** Of everything but rows that decides on nodes: version and settings of the extractor, and what secrets are told by. */
  readonly digest: string;
  /** What secrets were told by. */
  readonly rules: string;
  /** Which rows were wanted; undefined before the first of them was read. */
  readonly condition: Condition | undefined;
  /** The row id up to which every row is folded in; undefined before the first one, and for tables read whole. */
  readonly foldedTo: bigint | undefined;
  /** What a run that has not ended was about. */
  readonly unfinished: Unfinished | undefined;
  readonly landmarks: Landmarks;
  /** The first row id there was at the first run; later ones only mean that the producer drops old rows. */
  readonly firstRow: bigint | undefined;
  readonly counts: CheckpointCounts;
  /** What was read under other conditions before, whose nodes are no longer recorded and stay all the same. */
  readonly earlier: readonly EarlierReading[];
  /** Of all rows, for a table that is read whole: the same again means that nothing changed. */
  readonly content: string | undefined;
}

/** Which rows of which table an extractor wanted. */
export type KeptReading = Pick<Checkpoint, 'table' | 'condition'>;

/** Rows that met a condition once, up to a row id. */
export interface EarlierReading {
  readonly condition: Condition;
  readonly foldedTo: bigint;
  readonly rows: number;
}

/** What came of the rows that were read. */
export interface CheckpointCounts {
  /** Rows that met the condition. */
  readonly rows: number;
  /** Nodes they gave and rows that gave none, of a table that is read whole; 0 for any other. */
  readonly nodes: number;
  readonly skipped: number;
}

/**
 * A flush that began: rows above `foldedTo` up to `upTo` are in for keys up to `afterKey` (by UTF-8 bytes) and for no
 * other. Or a derivation of everything that began: it has to begin again, its records being neither old nor new.
 */
export type Unfinished =
  | { readonly kind: 'flush'; readonly upTo: bigint; readonly afterKey: string }
  | { readonly kind: 'rebuild'; readonly digest: string; readonly accepted: boolean };

/** What an extractor's checkpoint is kept under: its name, after the origin of its rows where that is not the graph's own. */
export function checkpointName({ name, prefix }: Pick<AnyExtractor, 'name' | 'prefix'>): string {
  const origin = originOf(prefix);
  return origin === undefined ? name : `@${origin}/${name}`;
}

/** The origin that a checkpoint is of, undefined for the graph's own, and the name of its extractor. */
export function namesOfCheckpoint({ extractor }: Pick<Checkpoint, 'extractor'>): {
  readonly origin: string | undefined;
  readonly name: string;
} {
  const [, origin, name = extractor] = /^@([^/]*)\/(.*)$/.exec(extractor) ?? [];
  return { origin, name };
}

/** The checkpoints that are of an origin. */
export function checkpointsOf(origin: string | undefined, all: readonly Checkpoint[]): readonly Checkpoint[] {
  return all.filter((checkpoint) => namesOfCheckpoint(checkpoint).origin === origin);
}
