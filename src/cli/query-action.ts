import { askGraph } from '../jobs/ask-graph.ts';
import { searchGraph } from '../jobs/search-graph.ts';
import { LARGEST_OFFSET, MOST_FOUND, type Search } from '../model/search.ts';
import { parseSearch } from '../model/search-question.ts';
import { foundAnswer } from '../render/found-nodes.ts';
import { answerAction } from './answer-action.ts';
import type { QueryFlags } from './commands/query.ts';
import type { Io } from './io.ts';
import type { Screen } from './screen.ts';
import { flagOf } from './setting-layers.ts';
import { parseWholeNumber } from './whole-number.ts';

const USUAL_LIMIT = 50;

/** `audit-extract query`. Gives the exit code. */
export function queryAction(flags: QueryFlags, io: Io, screen: Screen): Promise<number> {
  return answerAction('query', flags, io, screen, async ({ target }) => {
    const search = searchOf(flags, io.clock());
    const found = await searchGraph(askGraph(target, io.signal), search, io.signal);
    return foundAnswer(search, found);
  });
}

function searchOf(flags: QueryFlags, now: number): Search {
  return {
    ...parseSearch(flags, now, flagOf),
    limit: parseWholeNumber('--limit', flags.limit, { from: 1, to: MOST_FOUND, usual: USUAL_LIMIT }),
    offset: parseWholeNumber('--offset', flags.offset, { from: 0, to: LARGEST_OFFSET, usual: 0 }),
  };
}
