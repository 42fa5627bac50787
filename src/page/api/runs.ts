/** What the server says of runs, as far as the page reads it. */

interface RunCounts {
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
}

interface ExtractorReport extends RunCounts {
  readonly name: string;
  readonly status: 'ok' | 'skipped' | 'failed';
  readonly mode: string;
  readonly warnings: readonly string[];
  readonly error?: RunError;
}

interface RunError {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

interface RunReport {
  readonly dry_run: boolean;
  readonly mode: string;
  readonly duration_ms: number;
  readonly totals: RunCounts;
  readonly extractors: readonly ExtractorReport[];
  readonly edges?: { readonly inserted: number; readonly unchanged: number };
  readonly warnings?: readonly string[];
}

export interface Run {
  readonly id: string;
  readonly state: 'running' | 'done' | 'partial' | 'interrupted' | 'failed';
  readonly started_at: string;
  readonly started_by: string;
  readonly finished_at: string | null;
  readonly full: boolean;
  readonly dry_run: boolean;
  readonly error: RunError | null;
}

export interface RunWithReport extends Run {
  readonly report: RunReport | null;
}
