import type { RunEvent } from '../engine/run-event.ts';
import type { CopyProgress } from '../model/graph-copy.ts';
import { grouped } from './grouped.ts';

/** One line on where an extractor stands, `elapsedMs` after it began to read or to write; undefined for other events. */
export function formatProgress(event: RunEvent, done: number, elapsedMs: number): string | undefined {
  if (event.type === 'window-read') return `${event.extractor}: ${pace(done, 'rows read', event.progress, elapsedMs)}`;
  if (event.type === 'batch-written')
    return `${event.extractor}: ${pace(done, 'nodes compared', event.progress, elapsedMs)}`;
  return undefined;
}

/** One line on where a copy stands, `elapsedMs` after its phase began. */
export function formatCopyProgress(progress: CopyProgress, elapsedMs: number): string {
  if (progress.phase === 'checking') return 'checking';
  const { phase, done, total } = progress;
  return `${phase}: ${pace(done, 'pages', total === 0 ? 1 : done / total, elapsedMs)}`;
}

/** How many, how fast, how far and how long still. */
function pace(done: number, what: string, progress: number, elapsedMs: number): string {
  const seconds = Math.max(elapsedMs, 1) / 1000;
  const rate = `${grouped(done)} ${what}, ${grouped(Math.round(done / seconds))}/s`;
  if (progress <= 0 || progress >= 1) return rate;
  return `${rate}, ${Math.floor(progress * 100)} %, ${Math.ceil((seconds * (1 - progress)) / progress)} s left`;
}
