import { askGraph } from '../jobs/ask-graph.ts';
import { searchGraph } from '../jobs/search-graph.ts';
import { entityId } from '../model/entity.ts';
import { AUDIT_EVENT } from '../model/node.ts';
import { MOST_FOUND, type Search } from '../model/search.ts';
import { activityAnswer } from '../render/activity.ts';
import { renderWarning } from '../render/error.ts';
import { answerAction } from './answer-action.ts';
import type { ActivityFlags } from './commands/activity.ts';
import type { Io } from './io.ts';
import { parseTimeRange } from './parse-date.ts';
import type { Screen } from './screen.ts';
import { parseWholeNumber } from './whole-number.ts';

const USUAL_LIMIT = 50;

/** `audit-extract activity`: what a user did. Gives the exit code. */
export function activityAction(user: string, flags: ActivityFlags, io: Io, screen: Screen): Promise<number> {
  return answerAction(flags, io, screen, async ({ target }) => {
    const search: Search = {
      filter: { nodeType: AUDIT_EVENT, user, ...parseTimeRange(flags, io.clock()) },
      sort: { field: 'time', isReversed: false },
      limit: parseWholeNumber('--limit', flags.limit, { from: 1, to: MOST_FOUND, usual: USUAL_LIMIT }),
      offset: 0,
    };
    const node = await askGraph(target, (graph) => graph.nodes.find(entityId('user', user)));
    const found = await searchGraph(target, search, io.signal);
    await screen.err.write(found.warnings.map((warning) => renderWarning('activity', warning)).join(''));
    return activityAnswer(user, node, found);
  });
}
