import { setImmediate } from 'node:timers/promises';

/** Takes all steps of something that is done in short ones, unless a signal ends it between two of them. */
export async function takeSteps<Result>(steps: Iterable<void, Result>, signal: AbortSignal): Promise<Result> {
  const iterator = steps[Symbol.iterator]();
  for (;;) {
    const { done, value } = iterator.next();
    if (done) return value;
    await setImmediate();
    signal.throwIfAborted();
  }
}
