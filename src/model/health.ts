/** How a finding is meant: `advice` may be left, a `warning` will trouble somebody, with an `error` something does not work. */
type FindingStatus = 'ok' | 'advice' | 'warning' | 'error';

/** One thing that was looked at. */
export interface HealthFinding {
  /** What was looked at, like `target-integrity`. */
  readonly check: string;
  readonly status: FindingStatus;
  /** How it was found. */
  readonly what: string;
  /** What to do; null where nothing is to be done. */
  readonly todo: string | null;
}

/** A setting as it is in force. */
export interface SettingInForce {
  readonly name: string;
  readonly value: string;
  /** What it is called where it came from, like `--target` or `AUDIT_EXTRACT_TARGET`; `default` where nobody has set it. */
  readonly from: string;
}

/** A database file as it stands. */
export interface FileHealth {
  readonly bytes: number;
  /** What is written and not in the file yet. */
  readonly logBytes: number;
  /** Whether readers and writers need not wait for one another. */
  readonly isWal: boolean;
  /** Bytes of the file that hold nothing. */
  readonly freeBytes: number;
  /** What SQLite finds wrong with it, the first few; undefined where it was too large to be checked in passing. */
  readonly damage: readonly string[] | undefined;
  /** Tables that could not be checked, as they need functions that only other programs have. */
  readonly unchecked: readonly string[];
}

/** A column that rows are looked up by, with no index for that. */
export interface MissingIndex {
  readonly table: string;
  readonly column: string;
}

/** The tables of a graph as they stand. */
export interface GraphHealth {
  /** Why nodes or edges cannot stand in their tables; empty where they can, or have none yet. */
  readonly problems: readonly { readonly what: string; readonly todo: string }[];
  readonly hasNodes: boolean;
  readonly hasEdges: boolean;
  /** Our own record: none yet, as this program knows it, or of another version. */
  readonly record: 'none' | 'known' | 'unknown';
  readonly missingIndexes: readonly MissingIndex[];
}

/** Who has the lock that runs take; `pid` where the system tells it. */
export type RunLockState = { readonly isHeld: false } | { readonly isHeld: true; readonly pid: number | undefined };

/** What `audit-extract doctor --json` prints. */
export interface DoctorReport {
  readonly schema: 'audit-extract/doctor@1';
  /** Whether nothing was found that keeps runs or questions from working. */
  readonly able: boolean;
  readonly program: string;
  readonly node: string;
  readonly sqlite: string;
  readonly source: { readonly path: string } | null;
  readonly target: { readonly path: string } | null;
  readonly settings: readonly SettingInForce[];
  readonly findings: readonly HealthFinding[];
}
