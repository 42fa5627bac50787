/** A row near a checkpoint: its id, and a digest of what it held, by which a source is known again. */
export interface Landmark {
  readonly id: bigint;
  readonly digest: string;
  /** Whether it held secrets, which the digest is not of: under other rules it is of another text. */
  readonly hasSecrets: boolean;
}

/** Some of the last rows that were read, the last one first, and the columns that their digests are of. */
export interface Landmarks {
  readonly columns: readonly string[];
  readonly rows: readonly Landmark[];
}
