import { type ErrorSummary, summarizeError } from '../model/errors.ts';
import type { RedactionSettings } from '../model/redaction.ts';
import type { UserAction } from '../model/user-action.ts';
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
      const details = action.details === undefined ? undefined : JSON.stringify(action.details);
      await log.log([log.prepare({ ...action, details })]);
      return true;
    } finally {
      log.close();
    }
  } catch (error) {
    tell(options, summarizeError(error));
    return false;
  }
}

/** The caller's own code may fail, too. */
function tell({ onFailure }: LogUserActionOptions, error: ErrorSummary): void {
  try {
    onFailure?.(error);
  } catch {
    // There is nobody left to tell.
  }
}
