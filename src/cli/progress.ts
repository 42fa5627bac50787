import ora from 'ora';
import type { RunEvent } from '../engine/run-event.ts';
import { formatProgress } from '../render/progress.ts';
import type { Terminal } from './io.ts';

/** The live line of a run. */
export interface Progress {
  event(event: RunEvent): void;
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
    stop: () => void spinner.stop(),
  };
}
