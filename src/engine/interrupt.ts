import { interruption } from '../model/interruption.ts';

/** Ends a run between two windows or batches, or other work that says itself what to do then. */
export function throwIfInterrupted(signal: AbortSignal, hint?: string): void {
  if (signal.aborted) throw interruption(signal, hint);
}
