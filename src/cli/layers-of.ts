import { configLayer, findConfig } from './config-file.ts';
import type { Io } from './io.ts';
import { environmentLayer, flagLayer, type RawSettings, type SettingLayer } from './setting-layers.ts';

/** The layers that a run's settings come from: flags, environment, config file. */
export async function layersOf(
  flags: Omit<RawSettings, 'redact' | 'edges'> & {
    readonly config?: string;
    readonly redact?: boolean;
    readonly edges?: boolean;
  },
  io: Io,
): Promise<readonly SettingLayer[]> {
  const config = findConfig(flags.config, io);
  const fromConfig = config === undefined ? [] : [await configLayer(config)];
  const switched = (flag: boolean | undefined) => (flag === undefined ? undefined : String(flag));
  const values = { ...flags, redact: switched(flags.redact), edges: switched(flags.edges) };
  return [flagLayer(values, io.folder), environmentLayer(io.env, io.folder), ...fromConfig];
}
