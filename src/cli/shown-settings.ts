import { isNeo4jTarget, isUrl } from '../jobs/check-paths.ts';
import type { SettingInForce } from '../model/health.ts';
import type { Settings } from '../model/settings.ts';
import type { GraphSettings } from './run-settings.ts';
import { pickSetting, type SettingLayer, type SettingName } from './setting-layers.ts';

/** In the order in which they are shown. */
const NAMES: readonly SettingName[] = [
  ...([
    'source',
    'origin',
    'target',
    'format',
    'only',
    'skip',
    'errorStatus',
    'batchSize',
    'wait',
    'redact',
    'edges',
  ] as const),
  ...(['trail', 'extractor', 'linker', 'secretPatterns'] as const),
];

/** Every setting that is set, and every other one that has a default; both paths as they were understood. */
export function shownSettings(
  layers: readonly SettingLayer[],
  paths: GraphSettings | undefined,
  settings: Settings | undefined,
): readonly SettingInForce[] {
  const defaults = settings === undefined ? {} : defaultsOf(settings);
  return NAMES.flatMap((name) => {
    const given = pickSetting(layers, name);
    const understood = name === 'source' || name === 'target' ? paths?.[name] : undefined;
    const value = understood ?? (given === undefined ? defaults[name] : plainValue(name, given.value));
    if (value === undefined) return [];
    return [{ name, value: shownTarget(value), from: given?.name ?? 'default' }];
  });
}

/** A URL that is none of ours may hold a password. */
function shownTarget(value: string): string {
  return isUrl(value) && !isNeo4jTarget(value) ? 'a URL' : value;
}

function defaultsOf(settings: Settings): Readonly<Partial<Record<SettingName, string>>> {
  return {
    errorStatus: settings.errorStatuses.join(','),
    batchSize: String(settings.batchSize),
    wait: String((settings.waitMs ?? 0) / 1000),
    redact: String(settings.redaction !== 'off'),
    edges: String(settings.wantsEdges),
  };
}

/** Patterns for secrets say what the secrets look like. */
function plainValue(name: SettingName, value: string): string {
  if (name === 'source') return value.replaceAll('\0', ', ');
  return name === 'secretPatterns' ? 'patterns of your own' : value;
}
