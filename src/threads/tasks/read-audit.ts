import { readHistory } from '../../jobs/read-history.ts';
import type { ChangeQuestion } from '../../model/change.ts';
import { historyAnswer } from '../../render/history.ts';
import { answerText } from '../answer-text.ts';
import type { TaskShop } from '../task.ts';

/** Reads the log of changes. Gives JSON. */
export async function readAudit(question: ChangeQuestion, { desk }: TaskShop<never>): Promise<string> {
  return answerText(historyAnswer(await readHistory(desk.ask, question)));
}
