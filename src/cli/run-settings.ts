import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isUrl } from '../jobs/check-paths.ts';
import { badValue } from '../model/bad-value.ts';
import { AuditError } from '../model/errors.ts';
import type { RedactionSettings, SecretPattern } from '../model/redaction.ts';
import type { ModuleName, Settings } from '../model/settings.ts';
import { FORMATS, type Format } from '../render/renderer.ts';
import { soleOrigin } from './origin-of.ts';
import { type Given, pickSetting, type SettingLayer, type SettingName } from './setting-layers.ts';
import { namesSeveral, sourcesIn } from './source-list.ts';

/** The settings of a run, understood: paths absolute, lists split, defaults in. */
export interface RunSettings extends Settings {
  readonly source: string;
  /** What the source is called among several of one graph. */
  readonly origin: string | undefined;
  readonly target: string;
}

const DEFAULT_BATCH_SIZE = 5000;
const LARGEST_BATCH_SIZE = 100_000;
const LONGEST_LIST = 1000;
const LONGEST_WAIT_SECONDS = 86_400;

/** Understands the settings of a run, each from the first layer that has it. Throws on values that cannot be. */
export function resolveRunSettings(layers: readonly SettingLayer[], home: string | undefined): RunSettings {
  const given = pickSetting(layers, 'source');
  if (given !== undefined && namesSeveral(given)) throw severalError(given);
  const paths = resolvePaths(given, pickSetting(layers, 'target'), home);
  const origin = soleOrigin(pickSetting(layers, 'origin'), paths.source);
  return { ...paths, origin, ...resolveSettings(layers) };
}

/** Those of them that name no file. */
export function resolveSettings(layers: readonly SettingLayer[]): Settings {
  const given = (setting: SettingName) => pickSetting(layers, setting);
  const list = (setting: SettingName) => parseList(given(setting));
  const modulesOf = (setting: SettingName): readonly ModuleName[] =>
    (list(setting) ?? []).map((specifier) => ({ specifier, folder: given(setting)?.folder ?? '' }));
  return {
    only: list('only'),
    skip: list('skip'),
    batchSize: parseBatchSize(given('batchSize')),
    errorStatuses: list('errorStatus') ?? ['error'],
    modules: modulesOf('extractor'),
    waitMs: parseWait(given('wait')),
    redaction: parseRedaction(given('redact'), given('secretPatterns')),
    wantsEdges: parseSwitch(given('edges')) ?? false,
    trail: parseTrail(given('trail')),
    linkerModules: modulesOf('linker'),
    hookModules: modulesOf('hook'),
  };
}

/** Understands a format; `table` when none is given. Throws on an unknown one. */
export function parseFormat(given: Given | undefined): Format {
  return parseFormatOf(FORMATS, given);
}

/** The same for a command that has formats of its own. */
export function parseFormatOf<Name extends string>(
  formats: readonly (Name | 'table')[],
  given: Given | undefined,
): Name | 'table' {
  if (given === undefined) return 'table';
  const format = formats.find((name) => name === given.value);
  if (format === undefined) throw badValue(given, `choose one of ${formats.join(', ')}`);
  return format;
}

/** The files of a question: the graph, and the source where one is named, or both are in their usual folder. */
export interface GraphSettings {
  readonly target: string;
  readonly source: string | undefined;
  /** What the source is called among several of one graph. */
  readonly origin: string | undefined;
}

/** Understands where the graph is that a question is asked of. */
export function resolveGraphSettings(layers: readonly SettingLayer[], home: string | undefined): GraphSettings {
  const [source, target] = [pickSetting(layers, 'source'), pickSetting(layers, 'target')];
  const origin = (path: string | undefined) => soleOrigin(pickSetting(layers, 'origin'), path);
  if (source !== undefined && namesSeveral(source)) {
    if (source.byFlag) throw severalError(source);
    // They are there for runs, and which of them is asked is not said.
    return { target: resolveTargetBeside(source, target, home), source: undefined, origin: undefined };
  }
  if (source !== undefined || target === undefined) {
    const paths = resolvePaths(source, target, home);
    return { ...paths, origin: origin(paths.source) };
  }
  if (target.value === '') throw badValue(target, 'name a file');
  return { target: resolveTarget(target), source: undefined, origin: origin(undefined) };
}

function severalError(given: Given): AuditError {
  const hint = 'name one file with --source, and its --origin where it has one';
  return new AuditError('usage', `${given.name} names several sources, and this command looks at one`, hint);
}

function resolvePaths(source: Given | undefined, target: Given | undefined, home: string | undefined) {
  return {
    target: resolveTargetBeside(source, target, home),
    source: source ? resolve(source.folder, source.value) : join(defaultFolder(home), 'sessions.db'),
  };
}

/** Where the graph is, beside a source that may be several. Throws where one of them cannot be. */
export function resolveTargetBeside(
  source: Given | undefined,
  target: Given | undefined,
  home: string | undefined,
): string {
  if (source?.byFlag && !target?.byFlag) {
    throw new AuditError(
      'usage',
      'a source given by flag needs a target given by flag too, so that a trial does not land in the real graph',
      'add --target PATH',
    );
  }
  for (const given of [source, target]) {
    if (given && sourcesIn(given).includes('')) throw badValue({ ...given, value: '' }, 'name a file');
  }
  return target ? resolveTarget(target) : join(defaultFolder(home), 'org.db');
}

/** A URL is no path, and is told so later. */
function resolveTarget({ value, folder }: Given): string {
  return isUrl(value) ? value : resolve(folder, value);
}

function defaultFolder(home: string | undefined): string {
  const folders = home
    ? ['PROJECTS/.coditect-data', '.coditect-data'].map((data) => join(home, data, 'context-storage'))
    : [];
  const found = folders.find((folder) => existsSync(folder));
  if (found !== undefined) return found;
  throw new AuditError(
    'source-not-found',
    `there is no ${folders.join(' and no ') || 'home folder'} to find sessions.db and org.db in`,
    'name them with --source and --target',
  );
}

function parseList(given: Given | undefined): readonly string[] | undefined {
  if (given === undefined) return undefined;
  const parts = given.value.split(',').map((part) => part.trim());
  if (parts.some((part) => part === '')) throw badValue(given, 'give one or more names, separated by commas');
  if (parts.length > LONGEST_LIST)
    throw badValue({ ...given, value: `${parts.length} names` }, `give ${LONGEST_LIST} at the most`);
  return [...new Set(parts)];
}

function parseBatchSize(given: Given | undefined): number {
  if (given === undefined) return DEFAULT_BATCH_SIZE;
  const size = /^\d+$/.test(given.value) ? Number(given.value) : 0;
  if (size < 1 || size > LARGEST_BATCH_SIZE)
    throw badValue(given, `give a whole number from 1 to ${LARGEST_BATCH_SIZE}`);
  return size;
}

function parseWait(given: Given | undefined): number | undefined {
  if (given === undefined) return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(given.value) ? Number(given.value) : Number.POSITIVE_INFINITY;
  if (seconds > LONGEST_WAIT_SECONDS)
    throw badValue(given, `give a number of seconds from 0 to ${LONGEST_WAIT_SECONDS}`);
  return seconds * 1000;
}

function parseSwitch(given: Given | undefined): boolean | undefined {
  if (given === undefined) return undefined;
  if (given.value !== 'true' && given.value !== 'false') throw badValue(given, 'give true or false');
  return given.value === 'true';
}

function parseTrail(given: Given | undefined): string | undefined {
  if (given !== undefined && given.value.trim() === '') throw badValue(given, 'name a trail, like audit_trail:main');
  return given?.value;
}

function parseRedaction(redact: Given | undefined, custom: Given | undefined): RedactionSettings {
  if (parseSwitch(redact) === false) return 'off';
  const patterns: readonly SecretPattern[] = custom ? JSON.parse(custom.value) : [];
  return { patterns };
}
