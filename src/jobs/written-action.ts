import { AuditError, reasonOf } from '../model/errors.ts';
import type { UserAction, WrittenAction } from '../model/user-action.ts';

/**
 * The action with its details as JSON, each part of it read once. Throws where it is none: a program may hand over
 * anything, and what is no user would be logged as the system's own.
 */
export function writtenAction(action: UserAction): WrittenAction {
  if (typeof action !== 'object' || action === null) throw invalid('there is no action');
  const { user, details, ...rest } = reading(() => ({ ...action }));
  return { ...rest, user: writtenUser(user), details: writtenDetails(details) };
}

function writtenUser(user: UserAction['user']): UserAction['user'] {
  if (user === undefined || user === null) return undefined;
  if (typeof user !== 'object') throw invalid('the user is no object');
  const { uid, name } = reading(() => ({ uid: user.uid, name: user.name }));
  if (uid === undefined || uid === null) throw invalid('the user has no uid');
  return { uid, name };
}

function writtenDetails(details: unknown): string | undefined {
  if (details === undefined) return undefined;
  const json = reading((): string | undefined => JSON.stringify(details), 'the details cannot be written as JSON');
  if (json === undefined) throw invalid(`the details cannot be written as JSON: JSON has no ${typeof details}`);
  return json;
}

/** Getters and the like are the caller's own code, and may fail. */
function reading<Value>(read: () => Value, what = 'the action cannot be read'): Value {
  try {
    return read();
  } catch (error) {
    throw invalid(`${what}: ${reasonOf(error).split('\n')[0]}`, error);
  }
}

function invalid(what: string, cause?: unknown): AuditError {
  return new AuditError(
    'action-invalid',
    what,
    'give an action like { actionType: "LOGIN", user: { uid: "u-17" } }',
    cause,
  );
}
