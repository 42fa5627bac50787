import { resolve } from 'node:path';
import { readNeighborhood } from '../jobs/neighborhood.ts';
import { replaceFile, requireReplaceable } from '../jobs/replace-file.ts';
import { ANSWER_FORMATS, renderAnswer } from '../render/answer.ts';
import { neighborhoodAnswer } from '../render/neighborhood-answer.ts';
import { PICTURE_FORMATS, renderPicture } from '../render/picture.ts';
import { questionSettings } from './answer-action.ts';
import { NEIGHBORS_FORMATS, type NeighborsFlags } from './commands/neighbors.ts';
import type { Io } from './io.ts';
import { drawingView, FILE_VIEW } from './presentation.ts';
import type { Screen } from './screen.ts';
import { badValue } from './setting-layers.ts';
import { parseWholeNumber } from './whole-number.ts';

const DEPTH = { from: 1, to: 5, usual: 1 };
const LIMIT = { from: 1, to: 1000, usual: 50 };

/** `audit-extract neighbors ID`: reads the graph, and writes to stdout or to the file that is named. Gives the exit code. */
export async function neighborsAction(id: string, flags: NeighborsFlags, io: Io, screen: Screen): Promise<number> {
  const { format, settings } = await questionSettings(NEIGHBORS_FORMATS, flags, io, screen);
  const depth = parseWholeNumber('--depth', flags.depth, DEPTH);
  const limit = parseWholeNumber('--limit', flags.limit, LIMIT);
  if (flags.out === '') throw badValue({ name: '--out', value: flags.out }, 'name a file');
  const out = flags.out === undefined ? undefined : resolve(io.folder, flags.out);
  if (out !== undefined) requireReplaceable(out);
  const neighborhood = await readNeighborhood(settings.target, { id, depth, limit });
  const picture = PICTURE_FORMATS.find((name) => name === format);
  const answerFormat = ANSWER_FORMATS.find((name) => name === format) ?? 'table';
  const view = out === undefined ? drawingView(flags, io) : FILE_VIEW;
  const text =
    picture === undefined
      ? renderAnswer(neighborhoodAnswer(neighborhood), answerFormat, view)
      : await renderPicture(neighborhood, picture);
  if (out === undefined) await screen.out.write(text);
  else replaceFile(out, text);
  return 0;
}
