import { configLayer, findConfig } from './config-file.ts';
import type { Io } from './io.ts';
import { environmentLayer, flagLayer, type RawSettings, type SettingLayer } from './setting-layers.ts';

/** The layers that a run's settings come from: flags, environment, config file. */
export async function layersOf(
  flags: RawSettings & { readonly config?: string },
  io: Io,
): Promise<readonly SettingLayer[]> {
  const config = findConfig(flags.config, io);
  const fromConfig = config === undefined ? [] : [await configLayer(config)];
  return [flagLayer(flags, io.folder), environmentLayer(io.env, io.folder), ...fromConfig];
}
