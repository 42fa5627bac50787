import { readTrail as summarize } from '../../jobs/read-trail.ts';
import { trailAnswer } from '../../render/trail.ts';
import { answerText } from '../answer-text.ts';
import type { TaskShop } from '../task.ts';

/** Tells what hangs on a trail, as `trail` does. */
export async function readTrail(
  { trail }: { readonly trail: string | undefined },
  { desk }: TaskShop<never>,
): Promise<string> {
  return answerText(trailAnswer(await summarize(desk.ask, trail ?? desk.settings.trail)));
}
