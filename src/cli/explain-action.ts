import { explain } from '../jobs/explain.ts';
import { knownExtractors } from '../jobs/known-extractors.ts';
import { explanationAnswer } from '../render/explanation.ts';
import { answerAction } from './answer-action.ts';
import type { ExplainFlags } from './commands/explain.ts';
import { failureStatuses } from './failure-statuses.ts';
import type { Io } from './io.ts';
import { progressFor } from './presentation.ts';
import { resolveSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';

/** `audit-extract explain`. Gives the exit code. */
export function explainAction(id: string, flags: ExplainFlags, io: Io, screen: Screen): Promise<number> {
  return answerAction('explain', flags, io, screen, async (files, layers) => {
    const settings = resolveSettings(layers);
    const extractors = await knownExtractors(settings);
    const progress = await progressFor(screen.format, flags, io);
    try {
      const { redaction, waitMs } = settings;
      const statuses = failureStatuses(settings, flags);
      const job = { ...files, redaction, waitMs, id, extractors, statuses, signal: io.signal };
      for await (const event of explain(job)) {
        if (event.type !== 'explained') {
          progress?.event(event);
          continue;
        }
        progress?.stop();
        return explanationAnswer(event.explanation, extractors);
      }
    } finally {
      progress?.stop();
    }
    throw new Error('nothing was explained');
  });
}
