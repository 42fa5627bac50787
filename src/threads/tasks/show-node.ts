import type { CardRequest } from '../../graph/read-node-card.ts';
import { showNode as readCard } from '../../jobs/show-node.ts';
import { nodeCardAnswer } from '../../render/node-card.ts';
import { answerText } from '../answer-text.ts';
import type { TaskShop } from '../task.ts';

/** Tells of a node and what is around it, as `show` does. */
export async function showNode(request: CardRequest, { desk }: TaskShop<never>): Promise<string> {
  return answerText(nodeCardAnswer(await readCard(desk.ask, request)));
}
