import { checkApart } from '../jobs/check-paths.ts';
import { ANSWER_FORMATS, type Answer, renderAnswer } from '../render/answer.ts';
import { renderWarning } from '../render/error.ts';
import { FORMATS } from '../render/renderer.ts';
import { type CommonOptions, formatFlag } from './common-options.ts';
import type { Io } from './io.ts';
import { layersOf } from './layers-of.ts';
import { drawingView } from './presentation.ts';
import { type GraphSettings, parseFormatOf, resolveGraphSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';
import { pickSetting, type SettingLayer } from './setting-layers.ts';
import type { SettingOptions } from './setting-options.ts';

/** The flags of a question: those of every command, and those for reading a source. */
type QuestionFlags = CommonOptions & Pick<SettingOptions, 'errorStatus' | 'extractor' | 'redact'>;

/** What is asked of which graph is to be answered how. */
export interface QuestionSettings<Name extends string> {
  readonly format: Name | 'table';
  readonly settings: GraphSettings;
  readonly layers: readonly SettingLayer[];
}

/** Settings, a question of a command about the graph, its answer in the format that is wanted. Gives the exit code. */
export async function answerAction(
  command: string,
  flags: QuestionFlags,
  io: Io,
  screen: Screen,
  answer: (settings: GraphSettings, layers: readonly SettingLayer[]) => Promise<Answer>,
): Promise<number> {
  const { format, settings, layers } = await questionSettings(ANSWER_FORMATS, flags, io, screen);
  const answered = await answer(settings, layers);
  await screen.err.write((answered.warnings ?? []).map((warning) => renderWarning(command, warning)).join(''));
  await screen.out.write(await renderAnswer(answered, format, drawingView(flags, io)));
  return 0;
}

/** The settings of a question that is answered in one of these formats. Failures are told in it from now on. */
export async function questionSettings<Name extends string>(
  formats: readonly (Name | 'table')[],
  flags: QuestionFlags,
  io: Io,
  screen: Screen,
): Promise<QuestionSettings<Name>> {
  const layers = await layersOf({ ...flags, format: formatFlag(flags) }, io);
  const format = parseFormatOf(formats, pickSetting(layers, 'format'));
  // Of failures, CSV and pictures have no form.
  screen.format = FORMATS.find((name) => name === format) ?? 'table';
  const settings = resolveGraphSettings(layers, io.env['HOME']);
  checkApart(settings.source, settings.target);
  return { format, settings, layers };
}
