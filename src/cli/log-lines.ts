import type { ActionLog } from '../jobs/action-log.ts';
import type { PrepareAction } from '../jobs/prepare-action.ts';
import type { LoggedAction, LogOutcome } from '../model/action-report.ts';
import type { Entry } from '../model/entry.ts';
import { AuditError } from '../model/errors.ts';
import { parseActionLine } from './parse-action.ts';

const ACTIONS_AT_ONCE = 1000;

/** Logs lines as they come. At one that cannot be logged it ends; those before it are in. */
export async function logLines(
  lines: AsyncIterable<string>,
  log: ActionLog,
  prepare: PrepareAction,
): Promise<LogOutcome> {
  const logged: LoggedAction[] = [];
  let batch: { readonly entry: Entry; readonly number: number }[] = [];
  const flush = async () => {
    const outcome = await log.log(batch.map(({ entry }) => entry));
    logged.push(...outcome.logged);
    if (outcome.error !== undefined) throw atLine(batch[outcome.logged.length]?.number, outcome.error);
    batch = [];
  };
  try {
    let number = 0;
    for await (const line of lines) {
      number++;
      if (line.trim() === '') continue;
      const entry = prepareLine(line, prepare);
      if (!('node' in entry)) {
        await flush();
        throw atLine(number, entry.error);
      }
      batch.push({ entry, number });
      if (batch.length >= ACTIONS_AT_ONCE) await flush();
    }
    await flush();
    return { logged, error: undefined };
  } catch (error) {
    return { logged, error: counting(logged.length, error) };
  }
}

function prepareLine(line: string, prepare: PrepareAction): Entry | { readonly error: unknown } {
  try {
    return prepare(parseActionLine(line));
  } catch (error) {
    return { error };
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
