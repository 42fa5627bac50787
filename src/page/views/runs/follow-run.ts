import { ask, askJson } from '../../api/ask.ts';
import type { RunWithReport } from '../../api/runs.ts';
import { readEvents, textOf } from '../../api/server-events.ts';
import { type ExtractorProgress, progressAfter } from './run-progress.ts';

/** Follows a run to its end, telling how far it is. Gives the run as it ended. */
export async function followRun(
  id: string,
  tell: (progress: readonly ExtractorProgress[]) => void,
  signal: AbortSignal,
): Promise<RunWithReport> {
  const response = await ask(`/runs/${id}/events`, { signal });
  let progress: readonly ExtractorProgress[] = [];
  if (response.body !== null) {
    for await (const event of readEvents(textOf(response.body))) {
      if (event.name === 'run-finished') return JSON.parse(event.data);
      progress = progressAfter(progress, event);
      tell(progress);
    }
  }
  // The stream broke off: the run itself says how it stands.
  return askJson(`/runs/${id}`, { signal });
}
