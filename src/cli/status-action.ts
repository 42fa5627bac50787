import { checkNames } from '../jobs/check-paths.ts';
import { readStatus } from '../jobs/status.ts';
import { renderJsonStatus, renderNdjsonStatus, renderStatus } from '../render/status.ts';
import type { StatusFlags } from './commands/status.ts';
import { formatFlag } from './common-options.ts';
import type { Io } from './io.ts';
import { layersOf } from './layers-of.ts';
import { parseFormat, resolveRunSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';
import { badValue, pickSetting } from './setting-layers.ts';

const RUNS = 5;
const MOST_RUNS = 1000;

const renderers = { table: renderStatus, json: renderJsonStatus, ndjson: renderNdjsonStatus };

/** `audit-extract status`: reads both files and changes neither. Gives the exit code. */
export async function statusAction(flags: StatusFlags, io: Io, screen: Screen): Promise<number> {
  const layers = await layersOf({ ...flags, format: formatFlag(flags) }, io);
  const format = parseFormat(pickSetting(layers, 'format'));
  if (format !== 'table') screen.format = format;
  const { source, target } = resolveRunSettings(layers, io.env['HOME']);
  checkNames(source, target);
  const status = readStatus({ source, target, runs: parseRuns(flags.runs) });
  if (!flags.quiet) await screen.out.write(renderers[format](status));
  return 0;
}

function parseRuns(value: string | undefined): number {
  if (value === undefined) return RUNS;
  const runs = /^\d+$/.test(value) ? Number(value) : 0;
  if (runs < 1 || runs > MOST_RUNS) throw badValue({ name: '--runs', value }, `give a number from 1 to ${MOST_RUNS}`);
  return runs;
}
