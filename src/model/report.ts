import type { ErrorSummary } from './errors.ts';

/** Rows and nodes counted; `read` and `skipped` are rows, the others nodes. */
export interface Counts {
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
}

/** What one extractor did; `error` says why it failed. */
export interface ExtractorReport extends Counts {
  readonly name: string;
  readonly subtype: string;
  readonly status: 'ok' | 'skipped' | 'failed';
  readonly mode: 'full' | 'incremental';
  /** Why all rows were read, where they were. */
  readonly reason?: string;
  /** Whether the producer has dropped rows that an earlier run had read. */
  readonly pruned: boolean;
  readonly warnings: readonly string[];
  /** Nodes that are marked as deleted, and were kept up to date; absent where there were none. */
  readonly deleted?: number;
  /** Nodes that `--full --retire` has deleted, as their rows are gone; absent where there were none. */
  readonly retired?: number;
  /** Nodes that a hook has kept from being written; absent where there were none. */
  readonly vetoed?: number;
  readonly error?: ErrorSummary;
}

/** An extractor from outside that a run was given, and the file it was loaded from. */
export interface LoadedModule {
  readonly extractor: string;
  readonly version: number;
  readonly path: string;
}

/** What became of edges, and of the nodes they lead to. */
export interface EdgeReport {
  readonly inserted: number;
  /** Of a dry run, where rows may lead to more than their nodes name. */
  readonly at_least?: boolean;
  readonly unchanged: number;
  /** Trails, users, sessions, tools, agents and tasks that were made. */
  readonly nodes_inserted: number;
  /** Edges that were not made because one of their ends is not there; `missing_ends` are the first of those. */
  readonly missing: number;
  readonly missing_ends: readonly string[];
  readonly types: readonly { readonly edge_type: string; readonly inserted: number; readonly unchanged: number }[];
}

/** The outcome of a run, in the shape that `--json` prints (SPEC section 4). Times are ISO 8601 in UTC. */
export interface RunReport {
  readonly schema: 'audit-extract/run@1';
  readonly dry_run: boolean;
  readonly mode: 'full' | 'incremental';
  readonly started_at: string;
  readonly finished_at: string;
  readonly duration_ms: number;
  /** The longest transactions of the run on source and target. */
  readonly longest_read_ms: number;
  readonly longest_write_ms: number;
  /** What the source is called among several of one graph; absent where its ids do not tell. */
  readonly origin?: string;
  readonly source: { readonly path: string };
  readonly target: { readonly path: string };
  readonly totals: Counts;
  readonly extractors: readonly ExtractorReport[];
  /** Code from outside that was run; absent where there was none. */
  readonly modules?: readonly LoadedModule[];
  /** How many secrets of each kind were replaced in what was read; absent where they are not looked for. */
  readonly redacted?: Readonly<Record<string, number>>;
  /** Nodes under ids that a change of the rules for secrets has replaced; `ids` are the first ones, `retired` went in this run. */
  readonly replaced?: { readonly nodes: number; readonly ids: readonly string[]; readonly retired: number };
  /** What became of edges; absent where none were wanted. */
  readonly edges?: EdgeReport;
  /** What befell no extractor alone, for people. */
  readonly warnings?: readonly string[];
  /** What the graph comes to after a live run: one digest over all nodes that are recorded as ours. */
  readonly fingerprint?: string;
  /** For `run --plan`, of a dry run: what binds a live run to what this one found. */
  readonly plan?: string;
  readonly error?: ErrorSummary;
}
