/** The settings of a run as a user writes them, before they are understood. */
export interface RawSettings {
  /** One path or pattern, or several as `joinSources` makes one of them. */
  readonly source?: string | undefined;
  /** One, or several with commas between them. */
  readonly origin?: string | undefined;
  readonly target?: string | undefined;
  readonly format?: string | undefined;
  readonly only?: string | undefined;
  readonly skip?: string | undefined;
  readonly batchSize?: string | undefined;
  readonly errorStatus?: string | undefined;
  readonly extractor?: string | undefined;
  readonly wait?: string | undefined;
  /** `true` or `false`. */
  readonly redact?: string | undefined;
  /** `true` or `false`. */
  readonly edges?: string | undefined;
  readonly trail?: string | undefined;
  readonly linker?: string | undefined;
  readonly hook?: string | undefined;
  /** A JSON list, from the config file alone. */
  readonly secretPatterns?: string | undefined;
}

export type SettingName = keyof RawSettings;

/** Settings from one place. */
export interface SettingLayer {
  readonly values: RawSettings;
  /** What a setting is called there, for messages: `--batch-size`. */
  readonly nameOf: (setting: SettingName) => string;
  /** The folder that its relative paths start from. */
  readonly folder: string;
}

/** A setting, and where it came from. */
export interface Given {
  readonly value: string;
  readonly name: string;
  readonly folder: string;
  /** True when it was given on the command line. */
  readonly byFlag: boolean;
}

/** Finds a setting in the first layer that has it. The first layer is the command line. */
export function pickSetting(layers: readonly SettingLayer[], setting: SettingName): Given | undefined {
  for (const [index, layer] of layers.entries()) {
    const value = layer.values[setting];
    if (value === undefined) continue;
    return { value, name: layer.nameOf(setting), folder: layer.folder, byFlag: index === 0 };
  }
  return undefined;
}

const kebab = (setting: string): string => setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What a setting is called on the command line. */
export const flagOf = (setting: string): string => `--${kebab(setting)}`;

/** The command line's layer. */
export function flagLayer(values: RawSettings, folder: string): SettingLayer {
  return { values, folder, nameOf: flagOf };
}

/** `AUDIT_EXTRACT_SOURCE` and its like; an empty variable counts as not set. */
export function environmentLayer(env: Readonly<Record<string, string | undefined>>, folder: string): SettingLayer {
  const nameOf = (setting: SettingName) => `AUDIT_EXTRACT_${kebab(setting).replaceAll('-', '_').toUpperCase()}`;
  const read = (setting: SettingName) => env[nameOf(setting)] || undefined;
  const values: RawSettings = {
    source: read('source'),
    origin: read('origin'),
    target: read('target'),
    format: read('format'),
    only: read('only'),
    skip: read('skip'),
    batchSize: read('batchSize'),
    errorStatus: read('errorStatus'),
    extractor: read('extractor'),
    wait: read('wait'),
    redact: read('redact'),
    edges: read('edges'),
    trail: read('trail'),
    linker: read('linker'),
    hook: read('hook'),
  };
  return { values, folder, nameOf };
}
