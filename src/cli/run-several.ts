import type { RunEvent } from '../engine/run-event.ts';
import { AuditError, exitCodes, summarizeError } from '../model/errors.ts';
import { createRedactor } from '../redaction/create-redactor.ts';
import { renderError, renderStack } from '../render/error.ts';
import { renderNdjsonChangesOf } from '../render/json.ts';
import { type RunOfSource, renderJsonRuns, renderNdjsonRun } from '../render/runs.ts';
import type { Io } from './io.ts';
import type { NamedSource } from './named-sources.ts';
import { rendererFor } from './presentation.ts';
import { runOne, type ShownRun } from './run-one.ts';
import type { Screen } from './screen.ts';

/** What all of the runs share. */
type SharedRun = Pick<ShownRun, 'flags' | 'format'> & {
  readonly job: Omit<ShownRun['job'], 'source' | 'origin'>;
  /** The command to type after the run of a source. */
  readonly nextOf: (named: NamedSource) => string;
};

/**
 * Runs one source after the other into one graph. What keeps one of them from its run does not keep the others; an
 * interruption does. Gives the exit code of all.
 */
export async function runSeveral(
  sources: readonly NamedSource[],
  shared: SharedRun,
  io: Io,
  screen: Screen,
): Promise<number> {
  const runs: RunOfSource[] = [];
  for (const named of sources) {
    const run = await attempt(named, shared, io, screen);
    if (shared.format === 'ndjson') await screen.out.write(renderNdjsonRun(run));
    runs.push(run);
    if (io.signal.aborted || (screen.out.gone && shared.flags.dryRun)) break;
  }
  if (shared.format === 'json') await screen.out.write(renderJsonRuns(runs));
  return exitCodeOfAll(runs);
}

async function attempt(named: NamedSource, shared: SharedRun, io: Io, screen: Screen): Promise<RunOfSource> {
  const { flags, format, nextOf } = shared;
  const job = { ...shared.job, ...named };
  const { origin } = named;
  try {
    const render = format === 'table' ? await rendererFor(format, flags, io, nextOf(named)) : changesOf(named, format);
    const { report, exitCode } = await runOne({ job, flags, format, render }, io, screen);
    return { origin, exitCode, outcome: report };
  } catch (thrown) {
    // Where nothing can be told any more, the next run could tell nothing either.
    if (thrown instanceof AuditError && thrown.code === 'output-failed') throw thrown;
    const redactor = createRedactor(job.redaction);
    const clean = (message: string) => redactor.clean(message);
    const summary = summarizeError(thrown);
    const outcome = { ...summary, message: clean(summary.message) };
    await screen.err.write(renderError(outcome) + (flags.verbose ? renderStack(thrown, clean) : ''));
    return { origin, exitCode: exitCodes[summary.code], outcome };
  }
}

/** Reports come when the runs are over. */
function changesOf({ origin }: NamedSource, format: ShownRun['format']): (event: RunEvent) => string {
  return (event) =>
    format === 'ndjson' && event.type === 'batch-written' ? renderNdjsonChangesOf(origin, event.changes) : '';
}

/** An interruption first; partial where some are in and some are not; else the first failure. */
export function exitCodeOfAll(runs: readonly Pick<RunOfSource, 'exitCode'>[]): number {
  const failures = runs.map(({ exitCode }) => exitCode).filter((code) => code !== 0);
  const interrupted = failures.find((code) => code === 130 || code === 143);
  if (interrupted !== undefined || failures.length === 0) return interrupted ?? 0;
  const isIn = failures.length < runs.length || failures.includes(3);
  return isIn ? 3 : (failures[0] ?? 0);
}
