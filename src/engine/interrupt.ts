import { AuditError } from '../model/errors.ts';

/** Why a run is asked to end early: a signal, or nobody is left to read what a dry run prints. */
export type Interruption = 'SIGINT' | 'SIGTERM' | 'reader-gone';

/** Ends a run between two windows or batches. */
export function throwIfInterrupted(signal: AbortSignal): void {
  if (signal.aborted) throw interruption(signal);
}

/** The error of a run whose signal was aborted; the reason of the signal is an `Interruption`. */
export function interruption(signal: AbortSignal): AuditError {
  if (signal.reason === 'reader-gone')
    return new AuditError('reader-gone', 'nobody reads the result', 'read all of it');
  const name = signal.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT';
  const code = name === 'SIGTERM' ? 'interrupted-sigterm' : 'interrupted-sigint';
  return new AuditError(code, `interrupted by ${name}`, 'run again to go on; all whole batches are in');
}
