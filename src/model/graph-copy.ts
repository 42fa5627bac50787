/** Where making or restoring a backup stands. */
export type CopyProgress =
  | { readonly phase: 'checking' }
  /** `keeping` is the copy of what a restore is about to replace. */
  | { readonly phase: 'copying' | 'keeping'; readonly done: number; readonly total: number };

/** A table of others, or one of the graph, and its rows; null where they cannot be counted. */
export interface TableRows {
  readonly table: string;
  readonly rows: number | null;
}

/** What a file holds that was looked over from end to end. */
export interface GraphContents {
  readonly nodes: number;
  readonly edges: number;
  /** All tables but those of our own record. */
  readonly tables: readonly TableRows[];
  /** What our record comes to, and the head of its chain of seals; null where there is none. */
  readonly fingerprint: string | null;
  readonly seal: string | null;
  /** Rows that break rules of their own tables, and tables that could not be checked: true to the original, so no failure. */
  readonly warnings: readonly string[];
}

/** What `audit-extract backup --json` prints. */
export interface BackupReport {
  readonly schema: 'audit-extract/backup@1';
  readonly target: { readonly path: string };
  readonly file: string;
  readonly bytes: number;
  readonly nodes: number;
  readonly edges: number;
  readonly fingerprint: string | null;
  readonly seal: string | null;
  readonly duration_ms: number;
  readonly warnings: readonly string[];
}

/** Rows of a table before and after a restore; null where there is no such table, or they cannot be counted. */
export interface TableChange {
  readonly table: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** What `audit-extract restore --json` prints. */
export interface RestoreReport {
  readonly schema: 'audit-extract/restore@1';
  readonly dry_run: boolean;
  readonly target: { readonly path: string };
  readonly file: string;
  /** Where the state before is kept; null in a dry run, and where there was none. */
  readonly kept: string | null;
  readonly nodes: Omit<TableChange, 'table'>;
  readonly edges: Omit<TableChange, 'table'>;
  readonly tables: readonly TableChange[];
  readonly fingerprint: string | null;
  readonly seal: string | null;
  readonly duration_ms: number;
  readonly warnings: readonly string[];
}
