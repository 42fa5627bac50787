/** A kind of secret that a user adds: what its placeholder says, and a regular expression for its texts. */
export interface SecretPattern {
  readonly name: string;
  readonly pattern: string;
  /** Of a JavaScript regular expression, any of `imsu`. */
  readonly flags?: string | undefined;
}

/** Whether secrets are kept out, and which beside those that everybody knows. */
export type RedactionSettings = 'off' | { readonly patterns: readonly SecretPattern[] };

/** How many secrets of each kind were replaced. */
export type SecretCounts = ReadonlyMap<string, number>;

/** Replaces secrets in text by placeholders that say of what kind they were, such as `[redacted:github-token]`. */
export interface Redactor {
  /** What it goes by: another text means that the same data may give other nodes. */
  readonly rules: string;
  /** Whether there may be a secret in a text; false is certain. */
  mayHold(text: string): boolean;
  /** A whole text without its secrets, which are counted. */
  redact(text: string): string;
  /** The same for text that is shown, or looked at once more: nothing is counted. */
  clean(text: string): string;
  /** The same for the texts within JSON; what is no JSON is taken as a text. */
  cleanJson(json: string): string;
  /** Counts what was replaced elsewhere for the same run. */
  count(counts: SecretCounts): void;
  /** What was counted since the last call. */
  takeCounts(): SecretCounts;
}

/** For text that is to stay as it is. */
export const notRedacting: Redactor = {
  rules: 'off',
  mayHold: () => false,
  redact: (text) => text,
  clean: (text) => text,
  cleanJson: (json) => json,
  count: () => {},
  takeCounts: () => new Map(),
};
