import { checkNames } from '../jobs/check-paths.ts';
import { ANSWER_FORMATS, type Answer, renderAnswer } from '../render/answer.ts';
import { type CommonOptions, formatFlag } from './common-options.ts';
import type { Io } from './io.ts';
import { layersOf } from './layers-of.ts';
import { drawingView } from './presentation.ts';
import { type GraphSettings, parseFormatOf, resolveGraphSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';
import { pickSetting, type SettingLayer } from './setting-layers.ts';
import type { SettingOptions } from './setting-options.ts';

/** Settings, a question about the graph, its answer in the format that is wanted. Gives the exit code. */
export async function answerAction(
  flags: CommonOptions & Pick<SettingOptions, 'errorStatus' | 'extractor' | 'redact'>,
  io: Io,
  screen: Screen,
  answer: (settings: GraphSettings, layers: readonly SettingLayer[]) => Promise<Answer>,
): Promise<number> {
  const layers = await layersOf({ ...flags, format: formatFlag(flags) }, io);
  const format = parseFormatOf(ANSWER_FORMATS, pickSetting(layers, 'format'));
  // Of failures, CSV has no form.
  if (format !== 'table') screen.format = format === 'csv' ? 'table' : format;
  const settings = resolveGraphSettings(layers, io.env['HOME']);
  checkNames(settings.source, settings.target);
  await screen.out.write(renderAnswer(await answer(settings, layers), format, drawingView(flags, io)));
  return 0;
}
