import { AuditError } from './errors.ts';

/** Why a run is asked to end early: a signal, or nobody is left to read what a dry run prints. */
export type Interruption = 'SIGINT' | 'SIGTERM' | 'reader-gone';

/** What becomes of a run that ends between two of its steps. */
const GO_ON = 'run again to go on; all whole batches are in';

/** The error of work whose signal was aborted; the reason of the signal is an `Interruption`. */
export function interruption(signal: AbortSignal, hint: string = GO_ON): AuditError {
  if (signal.reason === 'reader-gone')
    return new AuditError('reader-gone', 'nobody reads the result', 'read all of it');
  const name = signal.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT';
  const code = name === 'SIGTERM' ? 'interrupted-sigterm' : 'interrupted-sigint';
  return new AuditError(code, `interrupted by ${name}`, hint);
}
