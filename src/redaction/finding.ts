/** A secret in a text: where it is, in UTF-16 units, and of what kind. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}

/** Looks for one kind of secret, or for some. */
export type FindSecrets = (text: string) => Iterable<Finding>;
