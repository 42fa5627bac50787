import type { WrittenAction } from './user-action.ts';

/** An action as a line of JSON, or the body of a request, says it. */
export interface ActionLine {
  readonly action: string;
  readonly user?: string | undefined;
  readonly user_name?: string | undefined;
  readonly category?: string | undefined;
  readonly details?: unknown;
  readonly timestamp?: string | undefined;
  readonly key?: string | undefined;
}

/** The action of a line; `details` are what it says of them, to the last digit. */
export function actionOfLine(line: ActionLine, details: string | undefined): WrittenAction {
  const { action, user, user_name, category, timestamp, key } = line;
  return {
    actionType: action,
    category,
    timestamp,
    key,
    ...(details !== undefined && { details }),
    ...((user !== undefined || user_name !== undefined) && { user: { uid: user ?? '', name: user_name } }),
  };
}
