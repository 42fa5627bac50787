import { resolve } from 'node:path';
import { builtinExtractors } from '../extractors/index.ts';
import { selectExtractors } from '../extractors/select.ts';
import { checkNames, isUrl } from '../jobs/check-paths.ts';
import { absoluteSource } from '../jobs/find-sources.ts';
import { AuditError } from '../model/errors.ts';
import type { ModuleName } from '../model/settings.ts';
import { locateModule } from '../plugins/locate-module.ts';
import type { ScheduleFlags } from './commands/schedule.ts';
import { findConfig } from './config-file.ts';
import type { Io } from './io.ts';
import { layersOf } from './layers-of.ts';
import { parseFormat, resolveRunSettings, resolveSettings, resolveTargetBeside } from './run-settings.ts';
import { runWords, switchWords } from './run-words.ts';
import { pickSetting, type SettingLayer } from './setting-layers.ts';
import { namesSeveral, sourcesIn } from './source-list.ts';

/** A run that is started by another program. */
interface ScheduledRun {
  readonly target: string;
  /** They need nothing of this folder and environment: every setting written out, every path absolute. */
  readonly words: readonly string[];
}

/** The run that the settings mean now. */
export async function scheduledRun(flags: ScheduleFlags, io: Io): Promise<ScheduledRun> {
  const layers = await layersOf(flags, io);
  const settings = resolveSettings(layers);
  const { sources, origin, target } = await scheduledFiles(layers, io);
  // What extractors from outside are called is known only once they run.
  if (settings.modules.length === 0) selectExtractors(builtinExtractors, settings.only, settings.skip);
  const valued = runWords({
    target: isUrl(target) ? target : resolve(io.folder, target),
    origin,
    config: findConfig(flags.config, io),
    only: settings.only?.join(','),
    skip: settings.skip?.join(','),
    batchSize: pickSetting(layers, 'batchSize') && String(settings.batchSize),
    errorStatus: pickSetting(layers, 'errorStatus') && settings.errorStatuses.join(','),
    wait: pickSetting(layers, 'wait')?.value,
    extractor: modulesWord('extractor', settings.modules),
    trail: settings.trail,
    linker: modulesWord('linker', settings.linkerModules),
    hook: modulesWord('hook', settings.hookModules),
  });
  const given = (name: 'redact' | 'edges') => pickSetting(layers, name)?.value;
  const switches = switchWords({ redact: given('redact'), edges: given('edges') });
  const named = sources.flatMap((source) => ['--source', source]);
  return { target, words: ['run', '--quiet', ...named, ...valued, ...switches, ...formatWords(layers)] };
}

/** Sources need not be there yet, and what matches a pattern may change from run to run. */
async function scheduledFiles(layers: readonly SettingLayer[], { env, folder }: Io) {
  const given = pickSetting(layers, 'source');
  if (given === undefined || !namesSeveral(given)) {
    const { source, origin, target } = resolveRunSettings(layers, env['HOME']);
    checkNames(source, target);
    return { sources: [resolve(folder, source)], origin, target };
  }
  const target = resolveTargetBeside(given, pickSetting(layers, 'target'), env['HOME']);
  checkNames(undefined, target);
  const sources = await Promise.all(sourcesIn(given).map((source) => absoluteSource(source, given.folder)));
  return { sources, origin: pickSetting(layers, 'origin')?.value, target };
}

/** JSON is printed even where nothing changed, so a format that the config file wants would fill logs and mailboxes. */
function formatWords(layers: readonly SettingLayer[]): readonly string[] {
  return parseFormat(pickSetting(layers, 'format')) === 'table' ? [] : ['--format', 'table'];
}

type PluginName = 'extractor' | 'linker' | 'hook';

function modulesWord(kind: PluginName, modules: readonly ModuleName[]): string | undefined {
  return modules.length === 0 ? undefined : modules.map((module) => absolute(kind, module)).join(',');
}

/** A file need not be there yet; a package must, as only then it is known where. */
function absolute(kind: PluginName, module: ModuleName): string {
  const { specifier, folder } = module;
  const path = /^\.{0,2}\//.test(specifier) ? resolve(folder, specifier) : locate(kind, module);
  if (!path.includes(',')) return path;
  throw new AuditError('usage', `${kind} ${path} has a comma in its path, and commas separate ${kind}s`, 'move it');
}

function locate(kind: PluginName, { specifier, folder }: ModuleName): string {
  try {
    return locateModule(specifier, folder);
  } catch (error) {
    const message = `${kind} ${specifier} is no file in ${folder} and no package that can be found from there`;
    throw new AuditError(`${kind}-invalid`, message, 'name a file as ./NAME, or install the package', error);
  }
}
