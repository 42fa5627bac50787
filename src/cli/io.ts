import type { Readable, Writable } from 'node:stream';

/** A stream that may be a terminal. */
export type Terminal = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** All that a command has of the world around it, so that tests can give it another. */
export interface Io {
  readonly stdin: Readable;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths start from. */
  readonly folder: string;
  readonly clock: () => number;
  /** Aborted, with an `Interruption` as reason, when the user or the system wants the program to end. */
  readonly signal: AbortSignal;
}
