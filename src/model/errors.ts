/**
 * Every way a command can fail, and the exit code it has (SPEC section 4).
 * The codes are part of the JSON contract: they may be added to, never renamed.
 */
export const exitCodes = {
  usage: 2,
  'config-invalid': 2,
  'source-not-found': 2,
  'source-not-a-file': 2,
  'source-unreadable': 2,
  'target-not-found': 2,
  'target-not-a-file': 2,
  'target-unreadable': 2,
  'target-folder-missing': 2,
  'target-is-source': 2,
  'extractor-invalid': 2,
  'linker-invalid': 2,
  'action-invalid': 2,
  'action-differs': 6,
  'trail-not-found': 2,
  'trail-ambiguous': 2,
  'node-not-found': 2,
  'record-invalid': 2,
  'record-exists': 6,
  'record-vetoed': 6,
  'record-changed': 6,
  'record-limit': 6,
  'address-unusable': 2,
  'token-missing': 2,
  'exchange-invalid': 2,
  'import-refused': 1,
  'source-unfinished': 4,
  'source-not-a-database': 4,
  'source-without-tables': 4,
  'source-column-missing': 4,
  'source-corrupt': 1,
  'source-locked': 75,
  'source-failed': 1,
  'target-unauthorized': 4,
  'target-unreachable': 4,
  'target-not-a-database': 4,
  'target-schema': 4,
  'target-refuses-writes': 4,
  'target-corrupt': 1,
  'target-locked': 75,
  'run-busy': 75,
  'target-full': 1,
  'target-failed': 1,
  'backup-not-found': 2,
  'backup-exists': 2,
  'backup-not-a-database': 4,
  'backup-schema': 4,
  'backup-corrupt': 4,
  'backup-locked': 75,
  'backup-full': 1,
  'backup-failed': 1,
  'target-changed': 1,
  'source-changed': 6,
  'source-known': 6,
  'origin-missing': 6,
  'source-forgot': 6,
  'plan-stale': 6,
  'record-altered': 6,
  'verify-disagrees': 5,
  'staging-full': 1,
  'staging-failed': 1,
  'extractor-failed': 1,
  'linker-failed': 1,
  'hook-invalid': 2,
  'hook-failed': 1,
  'output-failed': 1,
  'reader-gone': 0,
  'interrupted-sigint': 130,
  'interrupted-sigterm': 143,
  internal: 1,
} as const;

export type ErrorCode = keyof typeof exitCodes;

/** What a person or a program is told of a failure: one line each, no SQL, no stack. */
export interface ErrorSummary {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
}

/** The one error type of the house: a stable code, what happened to what, and what to do about it. */
export class AuditError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'AuditError';
    this.code = code;
    this.hint = hint;
  }
}

/** Sums up anything thrown; what is no `AuditError` is a fault of this program. */
export function summarizeError(error: unknown): ErrorSummary {
  if (error instanceof AuditError) {
    return { code: error.code, message: withoutPasswords(error.message), hint: withoutPasswords(error.hint) };
  }
  return {
    code: 'internal',
    message: `unexpected failure: ${withoutPasswords(reasonOf(error))}`,
    hint: 'run again with --verbose and report what it prints',
  };
}

/** What anything thrown says. The code of others may throw what cannot even be looked at. */
export function reasonOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return 'what was thrown says nothing';
  }
}

/** A URL may come in as any path or name by mistake; who reads the log must not learn its password. */
function withoutPasswords(text: string): string {
  return text.replace(/:(\/\/?)[^\s/@]*:[^\s/@]*@/g, ':$1...@');
}
