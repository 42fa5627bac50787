import type { ServerEvent } from '../../api/server-events.ts';

/** How far an extractor is. */
export interface ExtractorProgress {
  readonly name: string;
  readonly state: 'reading' | 'writing' | 'finished';
  readonly read: number;
  readonly written: number;
  /** From 0 to 1: rows read, then nodes written. */
  readonly share: number;
}

interface Told {
  readonly extractor?: string;
  readonly name?: string;
  readonly read?: number;
  readonly inserted?: number;
  readonly updated?: number;
  readonly progress?: number;
}

/** How far a run is, after one more event of it. */
export function progressAfter(
  before: readonly ExtractorProgress[],
  { name: event, data }: ServerEvent,
): readonly ExtractorProgress[] {
  const told: Told = JSON.parse(data);
  const name = told.extractor ?? told.name;
  if (name === undefined) return before;
  const known = before.find((one) => one.name === name);
  const now = known ?? { name, state: 'reading', read: 0, written: 0, share: 0 };
  const after = afterEvent(now, event, told);
  return known ? before.map((one) => (one === known ? after : one)) : [...before, after];
}

function afterEvent(now: ExtractorProgress, event: string, told: Told): ExtractorProgress {
  const { read = now.read, inserted = 0, updated = 0, progress = now.share } = told;
  switch (event) {
    case 'window-read':
      return { ...now, state: 'reading', read, share: progress };
    case 'batch-written':
      return { ...now, state: 'writing', written: now.written + inserted + updated, share: progress };
    case 'extractor-finished':
      return { ...now, state: 'finished', read, written: inserted + updated, share: 1 };
    default:
      return now;
  }
}
