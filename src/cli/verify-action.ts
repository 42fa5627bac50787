import { setImmediate } from 'node:timers/promises';
import { checkNames } from '../jobs/check-paths.ts';
import { knownExtractors } from '../jobs/known-extractors.ts';
import { knownHooks } from '../jobs/known-hooks.ts';
import { verifyGraph } from '../jobs/verify.ts';
import { AuditError, exitCodes } from '../model/errors.ts';
import { renderError, renderWarning } from '../render/error.ts';
import { verificationRenderers } from '../render/verification.ts';
import type { VerifyFlags } from './commands/verify.ts';
import { formatFlag } from './common-options.ts';
import type { Io } from './io.ts';
import { layersOf } from './layers-of.ts';
import { progressFor } from './presentation.ts';
import { parseFormat, resolveRunSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';
import { badValue, pickSetting } from './setting-layers.ts';

const LARGEST_SAMPLE = 1_000_000;

/** `audit-extract verify`: settings, the job, its rendering. Gives the exit code. */
export async function verifyAction(flags: VerifyFlags, io: Io, screen: Screen): Promise<number> {
  const layers = await layersOf({ ...flags, format: formatFlag(flags) }, io);
  const format = parseFormat(pickSetting(layers, 'format'));
  if (format !== 'table') screen.format = format;
  const settings = resolveRunSettings(layers, io.env['HOME']);
  checkNames(settings.source, settings.target);
  const progress = await progressFor(format, flags, io);
  const events = verifyGraph({
    ...settings,
    extractors: await knownExtractors(settings),
    settings: { errorStatuses: settings.errorStatuses },
    nodes: nodesOf(flags),
    expected: parseHead(flags.expect),
    hooks: await knownHooks(settings),
    clock: io.clock,
    signal: io.signal,
  });
  try {
    for await (const event of events) {
      if (event.type === 'verified') {
        progress?.stop();
        const { agrees, error, extractors } = event.report;
        if (!flags.quiet || !agrees) await screen.out.write(verificationRenderers[format](event.report));
        const warnings = extractors.map(({ name, warning }) => (warning ? renderWarning(name, warning) : ''));
        await screen.err.write(warnings.join('') + (error ? renderError(error) : ''));
        return error ? exitCodes[error.code] : 0;
      }
      progress?.event(event);
      await setImmediate();
    }
  } finally {
    progress?.stop();
  }
  throw new Error('the verification ended without a report');
}

function nodesOf({ seals, sample }: VerifyFlags): 'all' | 'none' | number {
  if (seals && sample !== undefined) {
    throw new AuditError('usage', '--seals looks at no nodes, and --sample at some', 'give one of them');
  }
  if (seals) return 'none';
  return sample === undefined ? 'all' : parseSample(sample);
}

function parseSample(value: string): number {
  const sample = /^\d+$/.test(value) ? Number(value) : 0;
  if (sample >= 1 && sample <= LARGEST_SAMPLE) return sample;
  throw badValue({ name: '--sample', value }, `give a whole number from 1 to ${LARGEST_SAMPLE}`);
}

function parseHead(value: string | undefined): string | undefined {
  if (value === undefined || /^[1-9]\d{0,15}:[0-9a-f]{64}$/.test(value.trim())) return value?.trim();
  throw badValue({ name: '--expect', value }, "give a line that 'audit-extract seal show' has printed");
}
