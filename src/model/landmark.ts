/** A row near a checkpoint: its id, and a digest of what it held, by which a source is known again. */
export interface Landmark {
  readonly id: bigint;
  readonly digest: string;
}

/** Some of the last rows that were read, the last one first, and the columns that their digests are of. */
export interface Landmarks {
  readonly columns: readonly string[];
  readonly rows: readonly Landmark[];
}
