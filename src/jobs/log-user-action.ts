import { AuditError, type ErrorSummary, summarizeError } from '../model/errors.ts';
import type { RedactionSettings } from '../model/redaction.ts';
import type { UserAction } from '../model/user-action.ts';
import { openActionLog } from './action-log.ts';
import { actionPreparer } from './prepare-action.ts';
import { writtenAction } from './written-action.ts';

/** Where an action is logged, and who is told when that fails. */
export interface LogUserActionOptions {
  /** The path of the graph, made where there is none. */
  readonly target: string;
  /** The trail that the action hangs on; the graph's own unless named. */
  readonly trail?: string;
  /** Who is said to have logged it; the user of the system unless given. */
  readonly actor?: string;
  /** How secrets are kept out; by the recommended rules unless given. */
  readonly redaction?: RedactionSettings;
  /** How long locks of others are waited for, in milliseconds; 5,000 at the least. */
  readonly waitMs?: number;
  /** Is told why an action could not be logged. What it throws, or rejects with, is dropped. */
  readonly onFailure?: (error: ErrorSummary) => unknown;
}

/**
 * Logs what a user has done: an event in the trail, and an edge to the user. Gives whether it is in the graph, and never
 * throws: an audit must not break what it is about. Why it is not is told to `onFailure`.
 */
export async function logUserAction(action: UserAction, options: LogUserActionOptions): Promise<boolean> {
  try {
    const target = targetOf(options);
    const entry = actionPreparer({ ...options, clock: Date.now })(writtenAction(action));
    const { signal } = new AbortController();
    const log = await openActionLog({ ...options, target, signal, clock: Date.now });
    try {
      const { error } = await log.log([entry]);
      if (error !== undefined) throw error;
      return true;
    } finally {
      await log.close();
    }
  } catch (error) {
    tell(options, summarizeError(error));
    return false;
  }
}

/** A program may hand over anything. */
function targetOf(options: LogUserActionOptions | undefined): string {
  const target: unknown = options?.target;
  if (typeof target === 'string' && target !== '') return target;
  throw new AuditError('usage', 'there is no target to log to', 'name a file, like { target: "org.db" }');
}

/** The caller's own code may fail, too, at once or later. */
function tell(options: LogUserActionOptions | undefined, error: ErrorSummary): void {
  try {
    Promise.resolve(options?.onFailure?.(error)).catch(() => undefined);
  } catch {
    // There is nobody left to tell.
  }
}
