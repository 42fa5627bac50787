/** How much of the log of changes went, or would go, in the shape that `--json` prints. */
export interface PruneReport {
  readonly schema: 'audit-extract/history-prune@1';
  readonly dry_run: boolean;
  readonly target: { readonly path: string };
  /** What is older went; ISO 8601. */
  readonly before: string;
  readonly changes: number;
}
