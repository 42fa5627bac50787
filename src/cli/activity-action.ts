import { askGraph } from '../jobs/ask-graph.ts';
import { readActivity } from '../jobs/read-activity.ts';
import { MOST_FOUND } from '../model/search.ts';
import { parseTimeRange } from '../model/time-range.ts';
import { activityAnswer } from '../render/activity.ts';
import { answerAction } from './answer-action.ts';
import type { ActivityFlags } from './commands/activity.ts';
import type { Io } from './io.ts';
import type { Screen } from './screen.ts';
import { flagOf } from './setting-layers.ts';
import { parseWholeNumber } from './whole-number.ts';

const USUAL_LIMIT = 50;

/** `audit-extract activity`: what a user did. Gives the exit code. */
export function activityAction(user: string, flags: ActivityFlags, io: Io, screen: Screen): Promise<number> {
  return answerAction('activity', flags, io, screen, async ({ target }) => {
    const limit = parseWholeNumber('--limit', flags.limit, { from: 1, to: MOST_FOUND, usual: USUAL_LIMIT });
    const question = { user, limit, ...parseTimeRange(flags, io.clock(), flagOf) };
    const activity = await readActivity(askGraph(target, io.signal), question, io.signal);
    return activityAnswer(activity);
  });
}
