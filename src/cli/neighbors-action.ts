import { resolve } from 'node:path';
import { askGraph } from '../jobs/ask-graph.ts';
import { readNeighborhood } from '../jobs/neighborhood.ts';
import { replaceFile, requireReplaceable } from '../jobs/replace-file.ts';
import { badValue } from '../model/bad-value.ts';
import { LARGEST_DEPTH, MOST_NODES } from '../model/neighborhood.ts';
import { ANSWER_FORMATS, renderAnswer } from '../render/answer.ts';
import { renderWarning } from '../render/error.ts';
import { neighborhoodAnswer } from '../render/neighborhood-answer.ts';
import { neighborhoodWarnings } from '../render/neighborhood-warnings.ts';
import { PICTURE_FORMATS, renderPicture } from '../render/picture.ts';
import { questionSettings } from './answer-action.ts';
import { NEIGHBORS_FORMATS, type NeighborsFlags } from './commands/neighbors.ts';
import type { Io } from './io.ts';
import { drawingView, FILE_VIEW } from './presentation.ts';
import type { Screen } from './screen.ts';
import { parseWholeNumber } from './whole-number.ts';

const DEPTH = { from: 1, to: LARGEST_DEPTH, usual: 1 };
const LIMIT = { from: 1, to: MOST_NODES, usual: 50 };

/** `audit-extract neighbors ID`: reads the graph, and writes to stdout or to the file that is named. Gives the exit code. */
export async function neighborsAction(id: string, flags: NeighborsFlags, io: Io, screen: Screen): Promise<number> {
  const { format, settings } = await questionSettings(NEIGHBORS_FORMATS, flags, io, screen);
  const depth = parseWholeNumber('--depth', flags.depth, DEPTH);
  const limit = parseWholeNumber('--limit', flags.limit, LIMIT);
  if (flags.out === '') throw badValue({ name: '--out', value: flags.out }, 'name a file');
  const out = flags.out === undefined ? undefined : resolve(io.folder, flags.out);
  if (out !== undefined) requireReplaceable(out);
  const neighborhood = await readNeighborhood(askGraph(settings.target, io.signal), { id, depth, limit });
  const picture = PICTURE_FORMATS.find((name) => name === format);
  const answerFormat = ANSWER_FORMATS.find((name) => name === format) ?? 'table';
  const view = out === undefined ? drawingView(flags, io) : FILE_VIEW;
  const text =
    picture === undefined
      ? await renderAnswer(neighborhoodAnswer(neighborhood), answerFormat, view)
      : await renderPicture(neighborhood, picture);
  // The table and the document say it themselves.
  const hasRows = format === 'csv' || format === 'ndjson';
  const warnings = hasRows || picture !== undefined ? neighborhoodWarnings(neighborhood, hasRows) : [];
  await screen.err.write(warnings.map((warning) => renderWarning('neighbors', warning)).join(''));
  if (out === undefined) await screen.out.write(text);
  else replaceFile(out, text);
  return 0;
}
