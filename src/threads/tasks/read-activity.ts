import { type ActivityQuestion, readActivity as readActions } from '../../jobs/read-activity.ts';
import { activityAnswer } from '../../render/activity.ts';
import { answerText } from '../answer-text.ts';
import type { TaskShop } from '../task.ts';

/** Tells what a user did, as `activity` does. */
export async function readActivity(question: ActivityQuestion, { desk, signal }: TaskShop<never>): Promise<string> {
  return answerText(activityAnswer(await readActions(desk.ask, question, signal)));
}
