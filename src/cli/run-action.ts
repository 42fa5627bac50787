import { setImmediate } from 'node:timers/promises';
import { exitCodeOf } from '../engine/run.ts';
import { selectExtractors } from '../extractors/select.ts';
import { extract } from '../jobs/extract.ts';
import { knownExtractors } from '../jobs/known-extractors.ts';
import { knownHooks } from '../jobs/known-hooks.ts';
import { knownLinkers } from '../jobs/known-linkers.ts';
import { AuditError } from '../model/errors.ts';
import { createRedactor } from '../redaction/create-redactor.ts';
import { renderMessages } from '../render/messages.ts';
import type { RunFlags } from './commands/run.ts';
import { formatFlag } from './common-options.ts';
import type { Io } from './io.ts';
import { layersOf } from './layers-of.ts';
import { nextCommand } from './next-command.ts';
import { progressFor, rendererFor } from './presentation.ts';
import { parseFormat, type RunSettings, resolveRunSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';
import { pickSetting } from './setting-layers.ts';

/** `audit-extract run`: settings, the job, its rendering. Gives the exit code. */
export async function runAction(flags: RunFlags, io: Io, screen: Screen): Promise<number> {
  const layers = await layersOf({ ...flags, format: formatFlag(flags) }, io);
  const format = parseFormat(pickSetting(layers, 'format'));
  // A --json that a flag before it swallowed as its value is still a wish for JSON.
  if (format !== 'table') screen.format = format;
  if (flags.dryRun && flags.plan !== undefined) {
    throw new AuditError('usage', '--dry-run makes a plan, and --plan runs one', 'give one of them');
  }
  if (flags.retire && flags.plan !== undefined) {
    throw new AuditError('usage', '--retire removes what no plan shows', 'run the plan first, then run with --retire');
  }
  const settings = resolveRunSettings(layers, io.env['HOME']);
  requireEdges(flags, settings);
  const extractors = selectExtractors(await knownExtractors(settings), settings.only, settings.skip);
  const readerGone = new AbortController();
  const events = extract({
    ...settings,
    extractors,
    settings: { errorStatuses: settings.errorStatuses },
    dryRun: flags.dryRun === true,
    full: flags.full === true,
    acceptSource: flags.acceptSource === true,
    retire: flags.retire === true,
    plan: flags.plan,
    edges: settings.wantsEdges ? { linkers: await knownLinkers(settings), trail: settings.trail } : undefined,
    hooks: await knownHooks(settings),
    clock: io.clock,
    signal: AbortSignal.any([io.signal, readerGone.signal]),
  });
  const renderer = await rendererFor(format, flags, io, nextCommand(flags, settings));
  const failures: unknown[] = [];
  const progress = await progressFor(format, flags, io);
  try {
    for await (const event of events) {
      if (event.type === 'run-finished') {
        progress?.stop();
        await screen.out.write(renderer(event));
        const verbose = flags.verbose ? failures : [];
        const redactor = createRedactor(settings.redaction);
        const clean = (message: string) => redactor.clean(message);
        await screen.err.write(renderMessages(event.report, { quiet: flags.quiet === true, verbose, clean }));
        return exitCodeOf(event.report);
      }
      progress?.event(event);
      if (event.type === 'failed') failures.push(event.error);
      await screen.out.write(renderer(event));
      if (screen.out.gone && flags.dryRun) readerGone.abort('reader-gone');
      // Timers and signals get their turn here: SQLite keeps the event loop to itself.
      await setImmediate();
    }
  } finally {
    progress?.stop();
  }
  throw new Error('the run ended without a report');
}

/** A linker or trail that is named and would not be heard of again is a mistake; in a config file it is there for others. */
function requireEdges(flags: RunFlags, { wantsEdges }: RunSettings): void {
  const idle = (['linker', 'trail'] as const).find((name) => flags[name] !== undefined);
  if (wantsEdges || idle === undefined) return;
  throw new AuditError('usage', `--${idle} is of use with --edges alone`, 'add --edges, or leave it out');
}
