import { configLayer, findConfig } from './config-file.ts';
import type { Io } from './io.ts';
import { environmentLayer, flagLayer, type RawSettings, type SettingLayer } from './setting-layers.ts';

/** The layers that a run's settings come from: flags, environment, config file. */
export async function layersOf(
  flags: Omit<RawSettings, 'redact'> & { readonly config?: string; readonly redact?: boolean },
  io: Io,
): Promise<readonly SettingLayer[]> {
  const config = findConfig(flags.config, io);
  const fromConfig = config === undefined ? [] : [await configLayer(config)];
  const values = { ...flags, redact: flags.redact === undefined ? undefined : String(flags.redact) };
  return [flagLayer(values, io.folder), environmentLayer(io.env, io.folder), ...fromConfig];
}
