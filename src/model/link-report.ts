import type { ErrorSummary } from './errors.ts';
import type { EdgeReport } from './report.ts';

/** What `link` did, in the shape that `--json` prints. Times are ISO 8601 in UTC. */
export interface LinkReport {
  readonly schema: 'audit-extract/link@1';
  readonly dry_run: boolean;
  readonly started_at: string;
  readonly finished_at: string;
  readonly duration_ms: number;
  readonly longest_write_ms: number;
  readonly target: { readonly path: string };
  /** Of which its rows are. */
  readonly origin?: string;
  /** Where rows were asked for what nodes do not name; absent where it was not at hand. */
  readonly source?: { readonly path: string };
  /** Events that were written since their edges were made last. */
  readonly events: number;
  readonly edges: EdgeReport;
  readonly warnings: readonly string[];
  readonly error?: ErrorSummary;
}
