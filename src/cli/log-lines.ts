import type { ActionLog } from '../jobs/action-log.ts';
import type { PrepareAction } from '../jobs/prepare-action.ts';
import type { LoggedAction, LogOutcome } from '../model/action-report.ts';
import type { Entry } from '../model/entry.ts';
import { AuditError } from '../model/errors.ts';
import { parseActionLine } from './parse-action.ts';

/**
 * Logs lines as they come: what has come together is logged together, before more is read, so that nothing waits in memory
 * for lines that may never come. At one that cannot be logged it ends; those before it are in.
 */
export async function logLines(
  parts: AsyncIterable<readonly string[]>,
  log: ActionLog,
  prepare: PrepareAction,
): Promise<LogOutcome> {
  const logged: LoggedAction[] = [];
  let before = 0;
  try {
    for await (const lines of parts) {
      const { prepared, error } = prepareLines(lines, before, prepare);
      const outcome = await log.log(prepared.map(({ entry }) => entry));
      logged.push(...outcome.logged);
      if (outcome.error !== undefined) throw atLine(prepared[outcome.logged.length]?.number, outcome.error);
      if (error !== undefined) throw error;
      before += lines.length;
    }
    return { logged, error: undefined };
  } catch (error) {
    return { logged, error: counting(logged.length, error) };
  }
}

interface PreparedLine {
  readonly entry: Entry;
  readonly number: number;
}

/** The actions of lines, up to the first one that is none. */
function prepareLines(lines: readonly string[], before: number, prepare: PrepareAction) {
  const prepared: PreparedLine[] = [];
  let number = before;
  try {
    for (const line of lines) {
      number++;
      if (line.trim() !== '') prepared.push({ entry: prepare(parseActionLine(line)), number });
    }
    return { prepared, error: undefined };
  } catch (error) {
    return { prepared, error: atLine(number, error) };
  }
}

/** What is wrong with an action is wrong with its line. */
function atLine(number: number | undefined, error: unknown): unknown {
  if (!(error instanceof AuditError) || !['action-invalid', 'action-differs'].includes(error.code)) return error;
  return new AuditError(error.code, `line ${number} of standard input: ${error.message}`, error.hint, error);
}

/** Whoever goes on by hand needs to know where. */
function counting(logged: number, error: unknown): unknown {
  if (!(error instanceof AuditError)) return error;
  return new AuditError(error.code, `${error.message} (actions logged: ${logged})`, error.hint, error);
}
