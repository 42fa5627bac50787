import { askGraph } from '../jobs/ask-graph.ts';
import { showNode } from '../jobs/show-node.ts';
import { MOST_EDGES } from '../model/node-card.ts';
import { nodeCardAnswer } from '../render/node-card.ts';
import { answerAction } from './answer-action.ts';
import type { ShowFlags } from './commands/show.ts';
import type { Io } from './io.ts';
import type { Screen } from './screen.ts';
import { parseWholeNumber } from './whole-number.ts';

const EDGES = { from: 0, to: MOST_EDGES, usual: 20 };

/** `audit-extract show`. Gives the exit code. */
export function showAction(id: string, flags: ShowFlags, io: Io, screen: Screen): Promise<number> {
  return answerAction('show', flags, io, screen, async ({ target }) => {
    const edges = parseWholeNumber('--edges', flags.edges, EDGES);
    return nodeCardAnswer(await showNode(askGraph(target, io.signal), { id, edges }));
  });
}
