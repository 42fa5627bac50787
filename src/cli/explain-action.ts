import { explain } from '../jobs/explain.ts';
import { renderWarning } from '../render/error.ts';
import { explanationAnswer } from '../render/explanation.ts';
import { answerAction } from './answer-action.ts';
import type { ExplainFlags } from './commands/explain.ts';
import type { Io } from './io.ts';
import { knownExtractors } from './known-extractors.ts';
import { progressFor } from './presentation.ts';
import { resolveSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';

/** `audit-extract explain`. Gives the exit code. */
export function explainAction(id: string, flags: ExplainFlags, io: Io, screen: Screen): Promise<number> {
  return answerAction(flags, io, screen, async (files, layers) => {
    const { errorStatuses, ...reading } = resolveSettings(layers);
    const extractors = await knownExtractors({ errorStatuses, ...reading });
    const progress = await progressFor(screen.format, flags, io);
    try {
      const job = { ...files, ...reading, id, extractors, settings: { errorStatuses }, signal: io.signal };
      for await (const event of explain(job)) {
        if (event.type !== 'explained') {
          progress?.event(event);
          continue;
        }
        progress?.stop();
        const { warnings } = event.explanation;
        await screen.err.write(warnings.map((warning) => renderWarning('explain', warning)).join(''));
        return explanationAnswer(event.explanation, extractors);
      }
    } finally {
      progress?.stop();
    }
    throw new Error('nothing was explained');
  });
}
