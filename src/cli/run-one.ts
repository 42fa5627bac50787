import { setImmediate } from 'node:timers/promises';
import { exitCodeOf } from '../engine/run.ts';
import type { RunEvent } from '../engine/run-event.ts';
import { type ExtractJob, extract } from '../jobs/extract.ts';
import type { RedactionSettings } from '../model/redaction.ts';
import type { RunReport } from '../model/report.ts';
import { createRedactor } from '../redaction/create-redactor.ts';
import { renderMessages } from '../render/messages.ts';
import type { Format } from '../render/renderer.ts';
import type { RunFlags } from './commands/run.ts';
import type { Io } from './io.ts';
import { progressFor } from './presentation.ts';
import type { Screen } from './screen.ts';

/** A run that is about to begin, and how it is shown. */
export interface ShownRun {
  readonly job: Omit<ExtractJob, 'signal'> & { readonly redaction: RedactionSettings };
  readonly flags: RunFlags;
  readonly format: Format;
  /** What stdout is told of each event. */
  readonly render: (event: RunEvent) => string;
}

/** Runs one source to its end, and tells of it on both streams. Throws where it cannot begin. */
export async function runOne(
  { job, flags, format, render }: ShownRun,
  io: Io,
  screen: Screen,
): Promise<{ readonly report: RunReport; readonly exitCode: number }> {
  const readerGone = new AbortController();
  const events = extract({ ...job, signal: AbortSignal.any([io.signal, readerGone.signal]) });
  const failures: unknown[] = [];
  const progress = await progressFor(format, flags, io);
  try {
    for await (const event of events) {
      if (event.type === 'run-finished') {
        progress?.stop();
        await screen.out.write(render(event));
        const verbose = flags.verbose ? failures : [];
        const redactor = createRedactor(job.redaction);
        const clean = (message: string) => redactor.clean(message);
        await screen.err.write(renderMessages(event.report, { quiet: flags.quiet === true, verbose, clean }));
        return { report: event.report, exitCode: exitCodeOf(event.report) };
      }
      progress?.event(event);
      if (event.type === 'failed') failures.push(event.error);
      await screen.out.write(render(event));
      if (screen.out.gone && flags.dryRun) readerGone.abort('reader-gone');
      // Timers and signals get their turn here: SQLite keeps the event loop to itself.
      await setImmediate();
    }
  } finally {
    progress?.stop();
  }
  throw new Error('the run ended without a report');
}
