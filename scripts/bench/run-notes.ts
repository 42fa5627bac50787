import { z } from 'zod';

/** What a run's report says that belongs beside its time. */
export interface RunNotes {
  readonly mode: string | null;
  /** Nodes inserted or updated: tells whether a run did what it was measured for. */
  readonly written: number;
  /** The longest of anything that the report tells of, such as transactions; none in versions that do not. */
  readonly longest: Readonly<Record<string, number>>;
}

const report = z.looseObject({
  mode: z.string().nullish(),
  totals: z.looseObject({ inserted: z.number(), updated: z.number() }),
});

/** Takes the notes from a report as JSON. */
export function readRunNotes(stdout: string): RunNotes {
  const document: unknown = JSON.parse(stdout);
  const { mode, totals } = report.parse(document);
  return { mode: mode ?? null, written: totals.inserted + totals.updated, longest: longestIn(document) };
}

/** Numbers anywhere in a report whose key speaks of the longest; of several with one key, the largest. */
function longestIn(value: unknown): Record<string, number> {
  const found: Record<string, number> = {};
  const note = (key: string, length: number) => {
    found[key] = Math.max(found[key] ?? 0, length);
  };
  for (const [key, part] of typeof value === 'object' && value !== null ? Object.entries(value) : []) {
    if (typeof part === 'number' && /longest/i.test(key)) note(key, part);
    for (const [inner, length] of Object.entries(longestIn(part))) note(inner, length);
  }
  return found;
}
