import { setImmediate } from 'node:timers/promises';
import { checkApart } from '../jobs/check-paths.ts';
import { knownExtractors } from '../jobs/known-extractors.ts';
import { knownHooks } from '../jobs/known-hooks.ts';
import { knownLinkers } from '../jobs/known-linkers.ts';
import { linkGraph } from '../jobs/link.ts';
import { exitCodes } from '../model/errors.ts';
import { createRedactor } from '../redaction/create-redactor.ts';
import { ANSWER_FORMATS, renderAnswer } from '../render/answer.ts';
import { renderError, renderStack, renderWarning } from '../render/error.ts';
import { linkAnswer } from '../render/link.ts';
import { targetSubject } from '../render/target-subject.ts';
import type { LinkFlags } from './commands/link.ts';
import { formatFlag } from './common-options.ts';
import type { Io } from './io.ts';
import { layersOf } from './layers-of.ts';
import { drawingView } from './presentation.ts';
import { parseFormatOf, resolveGraphSettings, resolveSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';
import { pickSetting } from './setting-layers.ts';

/** `audit-extract link`: settings, the job, its report. Gives the exit code. */
export async function linkAction(flags: LinkFlags, io: Io, screen: Screen): Promise<number> {
  const layers = await layersOf({ ...flags, format: formatFlag(flags) }, io);
  const format = parseFormatOf(ANSWER_FORMATS, pickSetting(layers, 'format'));
  if (format !== 'table') screen.format = format === 'csv' ? 'table' : format;
  const files = resolveGraphSettings(layers, io.env['HOME']);
  const settings = resolveSettings(layers);
  checkApart(files.source, files.target);
  const events = linkGraph({
    ...files,
    ...settings,
    extractors: await knownExtractors(settings),
    settings: { errorStatuses: settings.errorStatuses },
    edges: { linkers: await knownLinkers(settings), trail: settings.trail },
    dryRun: flags.dryRun === true,
    hooks: await knownHooks(settings),
    clock: io.clock,
    signal: io.signal,
  });
  for await (const event of events) {
    await setImmediate();
    if (event.type !== 'link-finished') continue;
    const { report, failure } = event;
    const isSilent = flags.quiet === true && !report.error && report.edges.inserted === 0;
    if (!isSilent) {
      await screen.out.write(await renderAnswer(linkAnswer(report), format, drawingView(flags, io)));
    }
    const subject = targetSubject(report.target.path);
    const warnings = isSilent ? [] : report.warnings.map((warning) => renderWarning(subject, warning));
    const redactor = createRedactor(settings.redaction);
    const stack = flags.verbose ? renderStack(failure, (message) => redactor.clean(message)) : '';
    await screen.err.write(warnings.join('') + (report.error ? renderError(report.error) : '') + stack);
    return report.error ? exitCodes[report.error.code] : 0;
  }
  throw new Error('linking ended without a report');
}
