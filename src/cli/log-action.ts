import { cleanSummary } from '../engine/clean-report.ts';
import { type ActionLog, openActionLog } from '../jobs/action-log.ts';
import { checkApart } from '../jobs/check-paths.ts';
import { knownHooks } from '../jobs/known-hooks.ts';
import { actionPreparer, type PrepareAction } from '../jobs/prepare-action.ts';
import type { ActionReport, LoggedAction, LogOutcome } from '../model/action-report.ts';
import { AuditError, summarizeError } from '../model/errors.ts';
import type { WrittenAction } from '../model/user-action.ts';
import { createRedactor, RECOMMENDED } from '../redaction/create-redactor.ts';
import { actionAnswer } from '../render/action-report.ts';
import { ANSWER_FORMATS, renderAnswer } from '../render/answer.ts';
import { renderWarning } from '../render/error.ts';
import type { LogFlags } from './commands/log.ts';
import { formatFlag } from './common-options.ts';
import type { Io } from './io.ts';
import { layersOf } from './layers-of.ts';
import { logLines } from './log-lines.ts';
import { LONGEST_LINE } from './parse-action.ts';
import { drawingView } from './presentation.ts';
import { readDetails } from './read-details.ts';
import { readText } from './read-text.ts';
import { requireActor } from './require-actor.ts';
import { parseFormatOf, resolveGraphSettings, resolveSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';
import { pickSetting } from './setting-layers.ts';
import { splitLines } from './split-lines.ts';

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
  requireFilled(flags);
  const { source, target } = resolveGraphSettings(layers, io.env['HOME']);
  checkApart(source, target);
  const settings = resolveSettings(layers);
  const prepare = actionPreparer({ ...settings, clock: io.clock });
  const entry = actionType === undefined ? undefined : prepare(await actionOf(actionType, flags, io));
  const log = await openActionLog({
    ...settings,
    ...{ target, actor: requireActor(flags.actor), hooks: await knownHooks(settings) },
    ...{ clock: io.clock, signal: io.signal },
  });
  try {
    const outcome = entry === undefined ? await logInput(io, log, prepare) : await log.log([entry]);
    const report = reportOf(target, outcome, outcome.logged.length > 0 ? log.warnings : []);
    const answer = actionAnswer(report);
    await screen.err.write(report.warnings.map((warning) => renderWarning('log', warning)).join(''));
    const isForProgram = format === 'json' || format === 'ndjson';
    const isShown = isForProgram || (!flags.quiet && outcome.error === undefined);
    if (isShown) await screen.out.write(await renderAnswer(answer, format, drawingView(flags, io)));
    if (outcome.error === undefined) return 0;
    // The answer has told of it.
    screen.format = 'table';
    throw outcome.error;
  } finally {
    await log.close();
  }
}

function requireOneWay(actionType: string | undefined, { stdin, ...flags }: LogFlags): void {
  if ((actionType === undefined) !== (stdin === true)) {
    throw new AuditError('usage', 'an action is logged by its name, or actions with --stdin', 'give one of both');
  }
  const named = (['user', 'userName', 'category', 'details', 'timestamp', 'key'] as const).find(
    (name) => flags[name] !== undefined,
  );
  if (stdin && named !== undefined) {
    throw new AuditError('usage', 'each line of standard input says all of its action', 'leave the other flags out');
  }
}

/** What a script meant to fill in: a user's action is not the system's own, and one without its key is logged twice. */
function requireFilled({ user, key }: LogFlags): void {
  for (const [flag, value] of Object.entries({ '--user': user, '--key': key })) {
    if (value === '') throw new AuditError('usage', `${flag} is empty`, `fill it in, or leave ${flag} out`);
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

async function logInput({ stdin, signal }: Io, log: ActionLog, prepare: PrepareAction): Promise<LogOutcome> {
  return logLines(splitLines(readText(stdin, 'standard input', signal), LONGEST_LINE), log, prepare);
}

function reportOf(target: string, { logged, error }: LogOutcome, warnings: readonly string[]): ActionReport {
  const count = (wanted: LoggedAction['outcome']) => logged.filter(({ outcome }) => outcome === wanted).length;
  const vetoed = count('vetoed');
  return {
    schema: 'audit-extract/log@1',
    target: { path: target },
    logged: count('logged'),
    already_logged: count('logged before'),
    ...(vetoed > 0 && { vetoed }),
    ids: logged
      .filter(({ outcome }) => outcome !== 'vetoed')
      .slice(0, IDS_TOLD)
      .map(({ id }) => id),
    warnings,
    error: error === undefined ? undefined : cleanSummary(summarizeError(error), createRedactor(RECOMMENDED)),
  };
}
