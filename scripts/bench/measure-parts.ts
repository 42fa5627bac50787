import { join } from 'node:path';
import { bareRun, runAsModules, runWithoutChanges, runWithoutHooks, runWithoutIndexes } from './commands.ts';
import type { Measurements } from './measurements.ts';

/** First runs without one part each, and in their midst the one without nothing that they are compared with. */
const RUNS = [
  ['bare-run', bareRun],
  ['without-changes', runWithoutChanges],
  ['as-modules', runAsModules],
  ['without-indexes', runWithoutIndexes],
  ['without-hooks', runWithoutHooks],
] as const;

/** Measures what parts of a first run cost, there and back in turn, as what went before leaves its marks. */
export async function measureParts(
  source: string,
  folder: string,
  round: number,
  measurements: Measurements,
): Promise<void> {
  for (const [subject, command] of round % 2 === 1 ? RUNS : RUNS.toReversed())
    await measurements.measureRun(subject, command(source, join(folder, `${subject}.db`)));
}
