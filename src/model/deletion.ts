/** What became of records that were to be deleted, or brought back, in the shape that `--json` prints. */
export interface DeletionReport {
  readonly schema: 'audit-extract/delete@1' | 'audit-extract/undelete@1';
  readonly dry_run: boolean;
  readonly target: { readonly path: string };
  /** Those that were deleted, or brought back. */
  readonly changed: readonly string[];
  /** Those that were so already. */
  readonly unchanged: readonly string[];
}
