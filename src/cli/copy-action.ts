import { resolve } from 'node:path';
import { badValue } from '../model/bad-value.ts';
import type { CopyProgress } from '../model/graph-copy.ts';
import { ANSWER_FORMATS, type Answer, renderAnswer } from '../render/answer.ts';
import { renderWarning } from '../render/error.ts';
import { questionSettings } from './answer-action.ts';
import type { CommonOptions } from './common-options.ts';
import type { Io } from './io.ts';
import { drawingView, progressFor } from './presentation.ts';
import { resolveSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';

/** What is copied where, and who is told how far it is. */
interface CopyAsked extends Pick<Io, 'clock' | 'signal'> {
  readonly file: string;
  readonly target: string;
  readonly source: string | undefined;
  readonly waitMs: number | undefined;
  readonly onProgress: (progress: CopyProgress) => void;
}

/** Settings, a copy of a whole graph with its live line, its report. Gives the exit code. */
export async function copyAction(
  command: string,
  given: string,
  flags: CommonOptions & { readonly wait?: string },
  io: Io,
  screen: Screen,
  copy: (asked: CopyAsked) => Promise<Answer>,
): Promise<number> {
  const { format, settings, layers } = await questionSettings(ANSWER_FORMATS, flags, io, screen);
  if (given === '') throw badValue({ name: 'FILE', value: given }, 'name a file');
  const { waitMs } = resolveSettings(layers);
  const progress = await progressFor(format, flags, io);
  const { clock, signal } = io;
  const file = resolve(io.folder, given);
  const onProgress = (news: CopyProgress) => progress?.copy(news);
  const answer = await copy({ ...settings, file, waitMs, onProgress, clock, signal }).finally(() => progress?.stop());
  await screen.err.write((answer.warnings ?? []).map((warning) => renderWarning(command, warning)).join(''));
  await screen.out.write(await renderAnswer(answer, format, drawingView(flags, io)));
  return 0;
}
