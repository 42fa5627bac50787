import { pruneHistory } from '../jobs/prune-history.ts';
import { AuditError } from '../model/errors.ts';
import { parseMoment } from '../model/time-range.ts';
import { pruneAnswer } from '../render/prune-report.ts';
import { answerAction } from './answer-action.ts';
import type { HistoryPruneFlags } from './commands/history.ts';
import type { Io } from './io.ts';
import { requireActor } from './require-actor.ts';
import { resolveSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';

/** `audit-extract history prune`: gives the exit code. */
export function historyPruneAction(flags: HistoryPruneFlags, io: Io, screen: Screen): Promise<number> {
  return answerAction('history', flags, io, screen, async ({ target }, layers) => {
    const { waitMs } = resolveSettings(layers);
    const { signal, clock } = io;
    const before = parseMoment({ name: '--before', value: flags.before }, clock());
    if (before === undefined) {
      const hint = 'give a date, like --before 2026-01-01, or a span, like --before 365d';
      throw new AuditError('usage', 'what is old has to be said', hint);
    }
    const actor = requireActor(flags.actor);
    const dryRun = flags.dryRun === true;
    const report = await pruneHistory({ target, before, dryRun, actor, waitMs, signal, clock });
    const answer = pruneAnswer(report);
    return flags.quiet && report.changes === 0 ? { ...answer, draw: () => '' } : answer;
  });
}
