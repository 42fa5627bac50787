import { checkNames } from '../jobs/check-paths.ts';
import { readStatus } from '../jobs/status.ts';
import { renderJsonStatus, renderNdjsonStatus, renderStatus } from '../render/status.ts';
import type { StatusFlags } from './commands/status.ts';
import { formatFlag } from './common-options.ts';
import type { Io } from './io.ts';
import { layersOf } from './layers-of.ts';
import { parseFormat, resolveRunSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';
import { pickSetting } from './setting-layers.ts';
import { parseWholeNumber } from './whole-number.ts';

const RUNS = { from: 1, to: 1000, usual: 5 };

const renderers = { table: renderStatus, json: renderJsonStatus, ndjson: renderNdjsonStatus };

/** `audit-extract status`: reads both files and changes neither. Gives the exit code. */
export async function statusAction(flags: StatusFlags, io: Io, screen: Screen): Promise<number> {
  const layers = await layersOf({ ...flags, format: formatFlag(flags) }, io);
  const format = parseFormat(pickSetting(layers, 'format'));
  if (format !== 'table') screen.format = format;
  const { source, origin, target } = resolveRunSettings(layers, io.env['HOME']);
  checkNames(source, target);
  const runs = parseWholeNumber('--runs', flags.runs, RUNS);
  const status = await readStatus({ source, origin, target, runs, signal: io.signal });
  if (!flags.quiet) await screen.out.write(renderers[format](status));
  return 0;
}
