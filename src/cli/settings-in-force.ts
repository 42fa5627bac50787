import { builtinExtractors } from '../extractors/index.ts';
import { knownExtractors } from '../jobs/known-extractors.ts';
import { AuditError } from '../model/errors.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { HealthFinding, SettingInForce } from '../model/health.ts';
import type { Settings } from '../model/settings.ts';
import type { Io } from './io.ts';
import { layersOf } from './layers-of.ts';
import { resolveGraphSettings, resolveSettings } from './run-settings.ts';
import { environmentLayer, flagLayer, type RawSettings, type SettingLayer } from './setting-layers.ts';
import { shownSettings } from './shown-settings.ts';

/** The settings as a run would find them, and what would keep it from starting. */
interface InForce {
  readonly layers: readonly SettingLayer[];
  readonly source: string | undefined;
  readonly origin: string | undefined;
  readonly target: string | undefined;
  readonly extractors: readonly AnyExtractor[];
  readonly settings: readonly SettingInForce[];
  readonly findings: readonly HealthFinding[];
}

type Flags = Pick<RawSettings, 'source' | 'origin' | 'target' | 'format'> & { readonly config?: string };

/** Finds them. What cannot be understood is a finding, and the others are in force. */
export async function settingsInForce(flags: Flags, io: Io): Promise<InForce> {
  const findings: HealthFinding[] = [];
  const attempt = async <Result>(action: () => Result | Promise<Result>): Promise<Result | undefined> => {
    try {
      return await action();
    } catch (error) {
      // A command line that contradicts itself is no finding.
      if (!(error instanceof AuditError) || error.code === 'usage') throw error;
      findings.push({ check: 'settings', status: 'error', what: error.message, todo: error.hint });
      return undefined;
    }
  };
  const layers = (await attempt(() => layersOf(flags, io))) ?? [
    flagLayer(flags, io.folder),
    environmentLayer(io.env, io.folder),
  ];
  const settings = await attempt(() => understood(layers));
  const extractors = settings && (await attempt(() => knownExtractors(settings)));
  const paths = await attempt(() => resolveGraphSettings(layers, io.env['HOME']));
  if (findings.length === 0) findings.push({ check: 'settings', status: 'ok', what: 'understood', todo: null });
  return {
    layers,
    source: paths?.source,
    origin: paths?.origin,
    target: paths?.target,
    extractors: extractors ?? builtinExtractors,
    settings: shownSettings(layers, paths, settings),
    findings,
  };
}

/** A value that cannot be comes from the environment or a file here, and is no fault of the command line. */
function understood(layers: readonly SettingLayer[]): Settings {
  try {
    return resolveSettings(layers);
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    throw new AuditError('config-invalid', error.message, error.hint, error);
  }
}
