import type { RunEvent } from '../engine/run-event.ts';

/** One line on where a run stands; undefined where an event says nothing new. Elapsed milliseconds since the extractor began. */
export function formatProgress(event: RunEvent, extractor: string, elapsedMs: number): string | undefined {
  switch (event.type) {
    case 'extractor-started':
      return `${extractor}: reading`;
    case 'window-read':
      return `${extractor}: ${formatReading(event.read, event.progress, elapsedMs)}`;
    case 'batch-written':
      return `${extractor}: comparing and writing nodes`;
    default:
      return undefined;
  }
}

function formatReading(read: number, progress: number, elapsedMs: number): string {
  const seconds = Math.max(elapsedMs, 1) / 1000;
  const rate = `${read} rows, ${Math.round(read / seconds)}/s`;
  if (progress <= 0 || progress >= 1) return rate;
  const left = Math.ceil((seconds * (1 - progress)) / progress);
  return `${rate}, ${Math.floor(progress * 100)} % read, ${left} s left`;
}
