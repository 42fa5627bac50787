import type { NeighborhoodRequest } from '../../graph/neighborhood.ts';
import { readNeighborhood } from '../../jobs/neighborhood.ts';
import { neighborhoodAnswer } from '../../render/neighborhood-answer.ts';
import { renderPicture } from '../../render/picture.ts';
import { answerText } from '../answer-text.ts';
import type { TaskShop } from '../task.ts';

/** Tells what is around a node, as `neighbors` does. */
export async function readNeighbors(request: NeighborhoodRequest, { desk }: TaskShop<never>): Promise<string> {
  return answerText(neighborhoodAnswer(await readNeighborhood(desk.ask, request)));
}

/** Draws what is around a node. */
export async function drawNeighbors(request: NeighborhoodRequest, { desk }: TaskShop<never>): Promise<string> {
  return renderPicture(await readNeighborhood(desk.ask, request), 'svg');
}
