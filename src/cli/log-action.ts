import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type ActionLog, openActionLog } from '../jobs/action-log.ts';
import type { ActionReport, LoggedAction } from '../model/action-report.ts';
import type { Entry } from '../model/entry.ts';
import { AuditError } from '../model/errors.ts';
import type { WrittenAction } from '../model/user-action.ts';
import { actionAnswer } from '../render/action-report.ts';
import { ANSWER_FORMATS, renderAnswer } from '../render/answer.ts';
import type { LogFlags } from './commands/log.ts';
import { formatFlag } from './common-options.ts';
import type { Io } from './io.ts';
import { layersOf } from './layers-of.ts';
import { drawingView } from './presentation.ts';
import { readDetails } from './read-details.ts';
import { parseFormatOf, resolveGraphSettings, resolveSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';
import { pickSetting } from './setting-layers.ts';

const ACTIONS_AT_ONCE = 1000;
/** So many ids are told. */
const IDS_TOLD = 1000;

/** `audit-extract log`: one action, or those that standard input has. Gives the exit code. */
export async function logAction(
  actionType: string | undefined,
  flags: LogFlags,
  io: Io,
  screen: Screen,
): Promise<number> {
  const layers = await layersOf({ ...flags, format: formatFlag(flags) }, io);
  const format = parseFormatOf(ANSWER_FORMATS, pickSetting(layers, 'format'));
  if (format !== 'table') screen.format = format === 'csv' ? 'table' : format;
  requireOneWay(actionType, flags);
  const { target } = resolveGraphSettings(layers, io.env['HOME']);
  const action = actionType === undefined ? undefined : await actionOf(actionType, flags, io);
  const log = await openActionLog({ ...resolveSettings(layers), target, clock: io.clock, signal: io.signal });
  try {
    const logged = action === undefined ? await logLines(io.stdin, log) : await log.log([log.prepare(action)]);
    const answer = actionAnswer(reportOf(target, logged));
    if (!flags.quiet) await screen.out.write(renderAnswer(answer, format, drawingView(flags, io)));
    return 0;
  } finally {
    log.close();
  }
}

function requireOneWay(actionType: string | undefined, { stdin, ...flags }: LogFlags): void {
  if ((actionType === undefined) !== (stdin === true)) {
    throw new AuditError('usage', 'an action is logged by its name, or actions with --stdin', 'give one of both');
  }
  const named = (['user', 'userName', 'category', 'details', 'timestamp', 'key'] as const).find((name) => flags[name]);
  if (stdin && named !== undefined) {
    throw new AuditError('usage', 'each line of standard input says all of its action', 'leave the other flags out');
  }
}

async function actionOf(actionType: string, flags: LogFlags, io: Io): Promise<WrittenAction> {
  const { user, userName, category, timestamp, key, details } = flags;
  return {
    actionType,
    category,
    timestamp,
    key,
    ...((user !== undefined || userName !== undefined) && { user: { uid: user ?? '', name: userName } }),
    ...(details !== undefined && { details: await readDetails(details, io) }),
  };
}

/** Logs lines as they come. At one that cannot be logged it ends; those before it are in. */
async function logLines(input: Readable, log: ActionLog): Promise<readonly LoggedAction[]> {
  const { parseActionLine } = await import('./parse-action.ts');
  const logged: LoggedAction[] = [];
  let entries: Entry[] = [];
  let number = 0;
  const flush = async () => {
    logged.push(...(await log.log(entries)));
    entries = [];
  };
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === '') continue;
    try {
      entries.push(log.prepare(parseActionLine(line)));
      if (entries.length >= ACTIONS_AT_ONCE) await flush();
    } catch (error) {
      if (entries.length < ACTIONS_AT_ONCE) await flush();
      throw atLine(number, logged.length, error);
    }
  }
  await flush();
  return logged;
}

function atLine(number: number, logged: number, error: unknown): unknown {
  if (!(error instanceof AuditError) || error.code !== 'action-invalid') return error;
  const message = `line ${number} of standard input: ${error.message} (${logged} actions before it are logged)`;
  return new AuditError(error.code, message, error.hint, error);
}

function reportOf(target: string, logged: readonly LoggedAction[]): ActionReport {
  const fresh = logged.filter(({ isNew }) => isNew).length;
  return {
    schema: 'audit-extract/log@1',
    target: { path: target },
    logged: fresh,
    already_logged: logged.length - fresh,
    ids: logged.slice(0, IDS_TOLD).map(({ id }) => id),
  };
}
