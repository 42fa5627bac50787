import { askGraph } from '../jobs/ask-graph.ts';
import { readHistory } from '../jobs/read-history.ts';
import { badValue } from '../model/bad-value.ts';
import { type ChangeQuestion, OPERATIONS, type Operation } from '../model/change.ts';
import { parseTimeRange } from '../model/time-range.ts';
import { historyAnswer } from '../render/history.ts';
import { answerAction } from './answer-action.ts';
import type { HistoryFlags } from './commands/history.ts';
import type { Io } from './io.ts';
import type { Screen } from './screen.ts';
import { flagOf } from './setting-layers.ts';
import { parseWholeNumber } from './whole-number.ts';

const USUAL_LIMIT = 100;
const MOST_CHANGES = 1000;
const MOST_SKIPPED = 1_000_000_000;

/** `audit-extract history`: who changed what. Gives the exit code. */
export function historyAction(flags: HistoryFlags, io: Io, screen: Screen): Promise<number> {
  return answerAction('history', flags, io, screen, async ({ target }) => {
    const { component, record, actor } = flags;
    const question: ChangeQuestion = {
      ...{ component, record, actor, operation: parseOperation(flags.operation) },
      ...parseTimeRange(flags, io.clock(), flagOf),
      limit: parseWholeNumber('--limit', flags.limit, { from: 1, to: MOST_CHANGES, usual: USUAL_LIMIT }),
      offset: parseWholeNumber('--offset', flags.offset, { from: 0, to: MOST_SKIPPED, usual: 0 }),
    };
    return historyAnswer(await readHistory(askGraph(target, io.signal), question));
  });
}

function parseOperation(value: string | undefined): Operation | undefined {
  const operation = OPERATIONS.find((name) => name === value);
  if (value === undefined || operation !== undefined) return operation;
  throw badValue({ name: '--operation', value }, `name one of ${OPERATIONS.join(', ')}`);
}
