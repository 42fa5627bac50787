import { resolve } from 'node:path';
import { importGraph } from '../jobs/import-graph.ts';
import { knownHooks } from '../jobs/known-hooks.ts';
import { exitCodes } from '../model/errors.ts';
import { renderAnswer } from '../render/answer.ts';
import { renderError, renderWarning } from '../render/error.ts';
import { importAnswer } from '../render/import-report.ts';
import { FORMATS, type Format } from '../render/renderer.ts';
import { questionSettings } from './answer-action.ts';
import type { ImportFlags } from './commands/import.ts';
import type { Io } from './io.ts';
import { drawingView } from './presentation.ts';
import { requireActor } from './require-actor.ts';
import { resolveSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';

/** What ends with rows left out ends in part. */
const PARTIAL = 3;

/** `audit-extract import FILE`: settings, the job, its report. Gives the exit code. */
export async function importAction(file: string, flags: ImportFlags, io: Io, screen: Screen): Promise<number> {
  const { format, settings, layers } = await questionSettings<Format>(FORMATS, flags, io, screen);
  const known = resolveSettings(layers);
  const { waitMs, redaction } = known;
  const report = await importGraph({
    file: resolve(io.folder, file),
    target: settings.target,
    dryRun: flags.dryRun === true,
    skipBad: flags.skipBad === true,
    hooks: await knownHooks(known),
    actor: requireActor(flags.actor),
    ...{ waitMs, redaction, signal: io.signal, clock: io.clock },
  });
  const { error, inserted, updated, bad_rows } = report;
  const isNews = error !== undefined || inserted + updated + bad_rows > 0;
  const isSilent = flags.quiet === true && !isNews;
  if (!isSilent) await screen.out.write(await renderAnswer(importAnswer(report), format, drawingView(flags, io)));
  await screen.err.write(report.warnings.map((warning) => renderWarning('import', warning)).join(''));
  if (error !== undefined) {
    await screen.err.write(renderError(error));
    return exitCodes[error.code];
  }
  return bad_rows > 0 ? PARTIAL : 0;
}
