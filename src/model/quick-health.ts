import type { PastRun } from './status.ts';

/** What `GET /db/health` answers. */
export interface QuickHealth {
  readonly schema: 'audit-extract/health@1';
  readonly status: 'ok' | 'degraded';
  readonly target: { readonly path: string };
  /** Of the file; null on a server. */
  readonly bytes: number | null;
  /** What is written and not in the file yet; null on a server. */
  readonly wal_bytes: number | null;
  /** Room on the disk of the graph; null where the system does not tell. */
  readonly free_bytes: number | null;
  /** Our record in the graph: none yet, as this program knows it, or of another version. */
  readonly record: 'none' | 'known' | 'unknown';
  readonly last_run: PastRun | null;
  /** Whether a run is writing the graph, here or elsewhere; null where that cannot be told. */
  readonly run_in_progress: boolean | null;
  /** What is to be looked after; none where it is ok. */
  readonly warnings: readonly string[];
}
