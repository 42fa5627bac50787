import { askGraph } from '../jobs/ask-graph.ts';
import { searchGraph } from '../jobs/search-graph.ts';
import { AUDIT_EVENT } from '../model/node.ts';
import { LARGEST_OFFSET, MOST_FOUND, type Search, SORT_FIELDS, type Sort } from '../model/search.ts';
import { wordsOfText } from '../model/words.ts';
import { foundAnswer } from '../render/found-nodes.ts';
import { answerAction } from './answer-action.ts';
import type { QueryFlags } from './commands/query.ts';
import type { Io } from './io.ts';
import { parseTimeRange } from './parse-date.ts';
import type { Screen } from './screen.ts';
import { badValue } from './setting-layers.ts';
import { parseWholeNumber } from './whole-number.ts';

const USUAL_LIMIT = 50;

/** `audit-extract query`. Gives the exit code. */
export function queryAction(flags: QueryFlags, io: Io, screen: Screen): Promise<number> {
  return answerAction('query', flags, io, screen, async ({ target }) => {
    const search = searchOf(flags, io.clock());
    const found = await searchGraph(askGraph(target), search, io.signal);
    return foundAnswer(search, found);
  });
}

function searchOf(flags: QueryFlags, now: number): Search {
  const { type = AUDIT_EVENT, subtype, session, tool, agent, task, errorType, user, text } = flags;
  if (text !== undefined && wordsOfText(text).length === 0) {
    throw badValue({ name: '--text', value: text }, 'give words of letters or digits');
  }
  const range = parseTimeRange(flags, now);
  return {
    filter: {
      nodeType: type,
      subtype,
      session,
      tool,
      agent,
      task,
      errorType,
      user,
      text,
      ...range,
      includeDeleted: flags.deleted,
    },
    sort: parseSort(flags.sort),
    limit: parseWholeNumber('--limit', flags.limit, { from: 1, to: MOST_FOUND, usual: USUAL_LIMIT }),
    offset: parseWholeNumber('--offset', flags.offset, { from: 0, to: LARGEST_OFFSET, usual: 0 }),
  };
}

function parseSort(value: string | undefined): Sort {
  if (value === undefined) return { field: 'time', isReversed: false };
  const field = SORT_FIELDS.find((name) => value === name || value === `-${name}`);
  if (field !== undefined) return { field, isReversed: value.startsWith('-') };
  throw badValue(
    { name: '--sort', value },
    `choose one of ${SORT_FIELDS.join(', ')}, with a - before it to turn it round`,
  );
}
