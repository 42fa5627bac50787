import { type Answer, renderAnswer } from '../render/answer.ts';

/** An answer as `--json` prints it. */
export const answerText = (answer: Answer): Promise<string> =>
  renderAnswer(answer, 'json', { color: false, width: 80 });
