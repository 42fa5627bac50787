import ora from 'ora';
import type { RunEvent } from '../engine/run-event.ts';
import type { CopyProgress } from '../model/graph-copy.ts';
import { formatCopyProgress, formatProgress } from '../render/progress.ts';
import type { Terminal } from './io.ts';

/** The live line of a run, or of a copy. */
export interface Progress {
  event(event: RunEvent): void;
  copy(progress: CopyProgress): void;
  stop(): void;
}

/** A live line on a terminal. Makes nothing at all elsewhere: off a terminal ora would print plain lines. */
export function startProgress(stream: Terminal): Progress {
  const spinner = ora({ stream, discardStdin: false, isEnabled: true });
  let [began, previous] = [performance.now(), performance.now()];
  let phase = '';
  let done = 0;
  spinner.start('opening');
  return {
    event: (event) => {
      const now = performance.now();
      if (event.type === 'window-read' || event.type === 'batch-written') {
        // What went on until the first event of a phase belongs to it.
        if (phase !== `${event.extractor} ${event.type}`) [began, done] = [previous, 0];
        phase = `${event.extractor} ${event.type}`;
        done = event.type === 'window-read' ? event.read : done + event.changes.length;
        spinner.text = formatProgress(event, done, now - began) ?? '';
      }
      previous = now;
    },
    copy: (progress) => {
      const isNew = phase !== progress.phase;
      if (isNew) [phase, began] = [progress.phase, performance.now()];
      spinner.text = formatCopyProgress(progress, performance.now() - began);
      // A check keeps the event loop to itself, and the line would not come before its end.
      if (isNew) spinner.render();
    },
    stop: () => void spinner.stop(),
  };
}
