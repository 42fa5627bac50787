import { readHead } from '../jobs/verify.ts';
import { renderHead } from '../render/verification.ts';
import type { SealFlags } from './commands/seal.ts';
import { formatFlag } from './common-options.ts';
import type { Io } from './io.ts';
import { layersOf } from './layers-of.ts';
import { parseFormat, resolveGraphSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';
import { pickSetting } from './setting-layers.ts';

/** `audit-extract seal show`: reads the graph and changes nothing. Gives the exit code. */
export async function sealAction(flags: SealFlags, io: Io, screen: Screen): Promise<number> {
  const layers = await layersOf({ ...flags, format: formatFlag(flags) }, io);
  const format = parseFormat(pickSetting(layers, 'format'));
  if (format !== 'table') screen.format = format;
  const { target, origin } = resolveGraphSettings(layers, io.env['HOME']);
  await screen.out.write(renderHead(await readHead(target, origin), format));
  return 0;
}
