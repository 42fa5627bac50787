import { selectExtractors } from '../extractors/select.ts';
import { knownExtractors } from '../jobs/known-extractors.ts';
import { knownHooks } from '../jobs/known-hooks.ts';
import { knownLinkers } from '../jobs/known-linkers.ts';
import { AuditError } from '../model/errors.ts';
import type { Settings } from '../model/settings.ts';
import type { RunFlags } from './commands/run.ts';
import { formatFlag } from './common-options.ts';
import type { Io } from './io.ts';
import { layersOf } from './layers-of.ts';
import { type NamedSource, namedSources } from './named-sources.ts';
import { nextCommand } from './next-command.ts';
import { rendererFor } from './presentation.ts';
import { runOne } from './run-one.ts';
import { parseFormat, resolveSettings } from './run-settings.ts';
import { runSeveral } from './run-several.ts';
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
  const { target, sources, areSeveral } = await namedSources(layers, io.env['HOME']);
  const settings = resolveSettings(layers);
  requireEdges(flags, settings);
  if (areSeveral && flags.plan !== undefined) {
    throw new AuditError('usage', 'a plan is of one source, and several are named', 'name the one that it was made of');
  }
  const job = {
    ...settings,
    target,
    extractors: selectExtractors(await knownExtractors(settings), settings.only, settings.skip),
    settings: { errorStatuses: settings.errorStatuses },
    dryRun: flags.dryRun === true,
    full: flags.full === true,
    acceptSource: flags.acceptSource === true,
    retire: flags.retire === true,
    plan: flags.plan,
    edges: settings.wantsEdges ? { linkers: await knownLinkers(settings), trail: settings.trail } : undefined,
    hooks: await knownHooks(settings),
    clock: io.clock,
  };
  const nextOf = (named: NamedSource) => nextCommand(flags, { ...named, target });
  const [first] = sources;
  if (areSeveral || first === undefined) return runSeveral(sources, { job, flags, format, nextOf }, io, screen);
  const render = await rendererFor(format, flags, io, nextOf(first));
  const { exitCode } = await runOne({ job: { ...job, ...first }, flags, format, render }, io, screen);
  return exitCode;
}

/** A linker or trail that is named and would not be heard of again is a mistake; in a config file it is there for others. */
function requireEdges(flags: RunFlags, { wantsEdges }: Settings): void {
  const idle = (['linker', 'trail'] as const).find((name) => flags[name] !== undefined);
  if (wantsEdges || idle === undefined) return;
  throw new AuditError('usage', `--${idle} is of use with --edges alone`, 'add --edges, or leave it out');
}
