import { toLogEntry } from '../graph/log-entry.ts';
import type { Entry } from '../model/entry.ts';
import type { RedactionSettings } from '../model/redaction.ts';
import type { WrittenAction } from '../model/user-action.ts';
import { createRedactor, RECOMMENDED } from '../redaction/create-redactor.ts';

/** Prepares an action to be logged. Throws where it cannot be logged as it is; no graph is touched yet. */
export type PrepareAction = (action: WrittenAction) => Entry;

/** The way to prepare actions, their secrets kept out by the recommended rules unless others are given. */
export function actionPreparer({
  redaction = RECOMMENDED,
  clock,
}: {
  readonly redaction?: RedactionSettings | undefined;
  /** Reads the time, in milliseconds since 1970. */
  readonly clock: () => number;
}): PrepareAction {
  const redactor = createRedactor(redaction);
  return (action) => toLogEntry(action, { redactor, now: clock() });
}
