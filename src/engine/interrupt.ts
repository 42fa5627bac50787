import { AuditError } from '../model/errors.ts';

/** Why a run is asked to end early: a signal, or nobody is left to read what a dry run prints. */
export type Interruption = 'SIGINT' | 'SIGTERM' | 'reader-gone';

/** What becomes of a run that ends between two of them. */
const GO_ON = 'run again to go on; all whole batches are in';

/** Ends a run between two windows or batches, or other work that says itself what to do then. */
export function throwIfInterrupted(signal: AbortSignal, hint: string = GO_ON): void {
  if (signal.aborted) throw interruption(signal, hint);
}

/** The error of a run whose signal was aborted; the reason of the signal is an `Interruption`. */
export function interruption(signal: AbortSignal, hint: string = GO_ON): AuditError {
  if (signal.reason === 'reader-gone')
    return new AuditError('reader-gone', 'nobody reads the result', 'read all of it');
  const name = signal.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT';
  const code = name === 'SIGTERM' ? 'interrupted-sigterm' : 'interrupted-sigint';
  return new AuditError(code, `interrupted by ${name}`, hint);
}
