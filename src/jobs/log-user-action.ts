import { AuditError, type ErrorSummary, summarizeError } from '../model/errors.ts';
import type { RedactionSettings } from '../model/redaction.ts';
import type { UserAction, WrittenAction } from '../model/user-action.ts';
import { openActionLog } from './action-log.ts';

/** Where an action is logged, and who is told when that fails. */
export interface LogUserActionOptions {
  /** The path of the graph, made where there is none. */
  readonly target: string;
  /** The trail that the action hangs on; the graph's own unless named. */
  readonly trail?: string;
  /** How secrets are kept out; by the recommended rules unless given. */
  readonly redaction?: RedactionSettings;
  /** How long locks of others are waited for, in milliseconds; 5,000 at the least. */
  readonly waitMs?: number;
  /** Is told why an action could not be logged. */
  readonly onFailure?: (error: ErrorSummary) => void;
}

/**
 * Logs what a user has done: an event in the trail, and an edge to the user. Gives whether it is in the graph, and never
 * throws: an audit must not break what it is about. Why it is not is told to `onFailure`.
 */
export async function logUserAction(action: UserAction, options: LogUserActionOptions): Promise<boolean> {
  try {
    const { signal } = new AbortController();
    const log = await openActionLog({ ...options, signal, clock: Date.now });
    try {
      await log.log([log.prepare(write(action))]);
      return true;
    } finally {
      log.close();
    }
  } catch (error) {
    tell(options, summarizeError(error));
    return false;
  }
}

/** The action with its details as JSON. Throws where it is none: nobody else checks what a program hands over. */
function write(action: UserAction): WrittenAction {
  if (typeof action !== 'object' || action === null) throw invalid('there is no action', undefined);
  try {
    const details = action.details === undefined ? undefined : JSON.stringify(action.details);
    return { ...action, details };
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw invalid(`the details cannot be written as JSON: ${why}`, error);
  }
}

function invalid(what: string, cause: unknown): AuditError {
  return new AuditError('action-invalid', what, 'give an action like { actionType: "LOGIN" }', cause);
}

/** The caller's own code may fail, too. */
function tell({ onFailure }: LogUserActionOptions, error: ErrorSummary): void {
  try {
    onFailure?.(error);
  } catch {
    // There is nobody left to tell.
  }
}
