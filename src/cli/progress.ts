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
  let started = performance.now();
  let subject = '';
  spinner.start('opening');
  return {
    event: (event) => {
      if (event.type === 'extractor-started') {
        started = performance.now();
        subject = event.extractor;
      }
      const line = formatProgress(event, subject, performance.now() - started);
      if (line !== undefined) spinner.text = line;
    },
    stop: () => void spinner.stop(),
  };
}
