import { SYSTEM_EVENTS, TASKS, TOOL_ERRORS } from './statistics.ts';
import { LOG_PREFIX, USER_ACTION } from './user-action.ts';

/** The subtypes of events that this program makes, by what their keys begin with. */
export const OWN_SUBTYPES: ReadonlyMap<string, string> = new Map([
  ...[TOOL_ERRORS, SYSTEM_EVENTS, TASKS].map(({ prefix, subtype }) => [prefix, subtype] as const),
  [LOG_PREFIX, USER_ACTION],
]);
