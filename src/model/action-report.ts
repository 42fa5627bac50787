import type { ErrorSummary } from './errors.ts';

/** What became of one action. */
export interface LoggedAction {
  readonly id: string;
  /** Whether it is in the graph now, was logged under its key before, or is kept out by a hook. */
  readonly outcome: 'logged' | 'logged before' | 'vetoed';
}

/** What became of several, in their order. */
export interface LogOutcome {
  /** Those that were written, or a hook keeps out: all of them, or the first ones. */
  readonly logged: readonly LoggedAction[];
  /** Why it ended before the last one; undefined where it did not. */
  readonly error: unknown;
}

/** What `log` did, in the shape that `--json` prints. */
export interface ActionReport {
  readonly schema: 'audit-extract/log@1';
  readonly target: { readonly path: string };
  /** Actions that were logged, and those that had been before. */
  readonly logged: number;
  readonly already_logged: number;
  /** Actions that a hook has kept out; absent where there were none. */
  readonly vetoed?: number | undefined;
  /** The ids of the first ones, in their order. */
  readonly ids: readonly string[];
  readonly warnings: readonly string[];
  /** Why not all of them were logged. */
  readonly error?: ErrorSummary | undefined;
}
