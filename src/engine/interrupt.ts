import { AuditError } from '../model/errors.ts';

/** Why a run is asked to end early: a signal, or nobody is left to read what a dry run prints. */
export type Interruption = 'SIGINT' | 'SIGTERM' | 'reader-gone';

/** Ends a run between two windows or batches. The reason of the signal is an `Interruption`. */
export function throwIfInterrupted(signal: AbortSignal): void {
  if (!signal.aborted) return;
  if (signal.reason === 'reader-gone') throw new AuditError('reader-gone', 'nobody reads the result', 'read all of it');
  const name = signal.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT';
  const code = name === 'SIGTERM' ? 'interrupted-sigterm' : 'interrupted-sigint';
  throw new AuditError(code, `interrupted by ${name}`, 'run again to go on; all whole batches are in');
}
