import type { ErrorSummary } from './errors.ts';

/** What a migration did, or would do, in the shape that `--json` prints. */
export interface MigrationReport {
  readonly schema: 'audit-extract/trail-migrate@1';
  readonly success: boolean;
  readonly message: string;
  readonly dry_run: boolean;
  readonly target: { readonly path: string };
  /** Null where it could not be told. */
  readonly trail: string | null;
  /** Events that hang on the trail now, and did not, or hung elsewhere, too. */
  readonly events_migrated: number;
  /** Events that hung on the trail alone. */
  readonly in_place: number;
  readonly on_other_trails: number;
  /** Events on two trails, or that would come to be; the first ones by their ids. */
  readonly ambiguous: { readonly events: number; readonly ids: readonly string[] };
  /** Events on nodes of types that were not named, and the first of these. */
  readonly held_by_others: { readonly events: number; readonly types: readonly string[] };
  readonly longest_write_ms: number;
  readonly warnings: readonly string[];
  readonly error?: ErrorSummary;
}

/** The counts of it. */
export type MigrationCounts = Pick<
  MigrationReport,
  'events_migrated' | 'in_place' | 'on_other_trails' | 'ambiguous' | 'held_by_others'
>;
