import { showNode } from '../jobs/show-node.ts';
import { nodeCardAnswer } from '../render/node-card.ts';
import { answerAction } from './answer-action.ts';
import type { ShowFlags } from './commands/show.ts';
import type { Io } from './io.ts';
import type { Screen } from './screen.ts';

/** `audit-extract show`. Gives the exit code. */
export function showAction(id: string, flags: ShowFlags, io: Io, screen: Screen): Promise<number> {
  return answerAction(flags, io, screen, async ({ target }) => nodeCardAnswer(await showNode(target, id)));
}
