import type { ErrorSummary } from './errors.ts';

/**
 * How a node and the source disagree: it is recorded, or follows from the source, and is not there; it is recorded and
 * does not follow; it does not say what follows, or what was recorded.
 */
export type Disagreement = 'missing' | 'extra' | 'altered';

/** A node that is not as it should be. */
export interface Finding {
  readonly kind: Disagreement;
  readonly id: string;
  readonly extractor: string;
  /** What is wrong with it, in a few words. */
  readonly what: string;
}

/** Nodes counted. Only the first three are disagreements. */
export interface VerifyCounts {
  readonly agreeing: number;
  readonly missing: number;
  readonly extra: number;
  readonly altered: number;
  /** The source has changed after it was read, as its tables may. */
  readonly behind: number;
  /** The source has dropped rows that they came from; they are as they were recorded. */
  readonly unverifiable: number;
  /** Marked as deleted. */
  readonly deleted: number;
}

export const noCounts = {
  agreeing: 0,
  missing: 0,
  extra: 0,
  altered: 0,
  behind: 0,
  unverifiable: 0,
  deleted: 0,
} as const satisfies VerifyCounts;

/** What became of one extractor's nodes. */
interface ExtractorVerification extends VerifyCounts {
  readonly name: string;
  /** Why its nodes could not be derived again, where that is so. */
  readonly warning?: string;
}

/** The state of the chain of seals. */
export interface SealVerification {
  readonly seals: number;
  /** The last seal in one line; null where there is none. */
  readonly head: string | null;
  /** The first link that is broken, and how; undefined where the chain holds. */
  readonly broken?: string;
}

/** What `audit-extract verify --json` prints. Times are ISO 8601 in UTC. */
export interface VerifyReport {
  readonly schema: 'audit-extract/verify@1';
  readonly agrees: boolean;
  readonly started_at: string;
  readonly finished_at: string;
  /** Of which the source's rows are; records of others were not compared with it. */
  readonly origin?: string;
  readonly source: { readonly path: string };
  readonly target: { readonly path: string };
  /** Of the nodes as they stand in the graph; absent where only some were looked at. */
  readonly fingerprint?: string;
  readonly totals: VerifyCounts;
  readonly extractors: readonly ExtractorVerification[];
  readonly findings: readonly Finding[];
  /** Findings beyond those listed. */
  readonly findings_left_out: number;
  readonly seals?: SealVerification;
  readonly error?: ErrorSummary;
}
