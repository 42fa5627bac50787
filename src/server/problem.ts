import { STATUS_CODES } from 'node:http';
import type { ErrorCode, ErrorSummary } from '../model/errors.ts';

/** What went wrong with a request, as RFC 9457 has it, with our code and what to do. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** An error code of this program, or one of `http-*` for what HTTP itself refuses. */
  readonly code: ErrorCode | `http-${number}`;
  readonly hint?: string | undefined;
}

/** The media type of a problem. */
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** The status that errors of this program have over HTTP; 500 where they are no matter of the request. */
const STATUSES: Readonly<Partial<Record<ErrorCode, number>>> = {
  usage: 400,
  'action-invalid': 400,
  'action-differs': 409,
  'backup-corrupt': 422,
  'backup-not-a-database': 422,
  'backup-schema': 422,
  'exchange-invalid': 400,
  'extractor-invalid': 400,
  'node-not-found': 404,
  'plan-stale': 409,
  'reader-gone': 499,
  'record-changed': 412,
  'record-exists': 409,
  'record-invalid': 400,
  'record-limit': 409,
  'record-vetoed': 409,
  'run-busy': 409,
  'source-locked': 503,
  'source-not-a-database': 409,
  'source-not-a-file': 409,
  'source-not-found': 409,
  'source-unreadable': 409,
  'source-without-tables': 409,
  'target-corrupt': 503,
  'target-full': 507,
  'target-locked': 503,
  'target-not-a-database': 503,
  'target-not-a-file': 503,
  'target-not-found': 503,
  'target-refuses-writes': 503,
  'target-schema': 503,
  'target-unauthorized': 503,
  'target-unreachable': 503,
  'target-unreadable': 503,
  'trail-ambiguous': 409,
  'trail-not-found': 404,
  'interrupted-sigint': 503,
  'interrupted-sigterm': 503,
};

/** What to do about errors over HTTP, where that is something else than on the command line. */
const HINTS: Readonly<Partial<Record<ErrorCode, string>>> = {
  'node-not-found': 'GET /nodes and GET /edges list what there is',
  'record-exists': 'PUT changes the one that is there; POST to its /restore brings it back where it is deleted',
};

/** The problem that an error of this program is. */
export function problemOf({ code, message, hint }: ErrorSummary): Problem {
  const status = STATUSES[code] ?? 500;
  return { type: 'about:blank', title: titleOf(status), status, detail: message, code, hint: HINTS[code] ?? hint };
}

/** A problem of HTTP alone. */
export function httpProblem(status: number, detail: string, hint?: string): Problem {
  return { type: 'about:blank', title: titleOf(status), status, detail, code: `http-${status}`, hint };
}

const titleOf = (status: number): string =>
  status === 499 ? 'Client Closed Request' : (STATUS_CODES[status] ?? 'Error');
