import { interruption } from '../model/interruption.ts';

/** An interruption lets what is under way end, unless that takes longer. */
const GRACE_MS = 3000;

/** How long a connection goes on once its signal was aborted: for all that it is asked for from then on, taken together. */
export class Grace {
  readonly #over = new AbortController();
  readonly #ended = new AbortController();

  constructor(signal: AbortSignal | undefined) {
    if (signal === undefined) return;
    const begin = () => void setTimeout(() => this.#over.abort(signal.reason), GRACE_MS).unref();
    if (signal.aborted) begin();
    else signal.addEventListener('abort', begin, { once: true, signal: this.#ended.signal });
  }

  /** Gives what `work` gives, or throws the interruption when the time is over. */
  async within<Result>(work: () => Promise<Result>): Promise<Result> {
    const over = this.#over.signal;
    if (over.aborted) throw interruption(over);
    const left = new AbortController();
    const cut = new Promise<never>((_, reject) => {
      over.addEventListener('abort', () => reject(interruption(over)), { once: true, signal: left.signal });
    });
    try {
      return await Promise.race([work(), cut]);
    } finally {
      left.abort();
    }
  }

  /** Nothing is waited for any more. */
  end(): void {
    this.#ended.abort();
  }
}

/** Gives what `work` gives, or throws the interruption a short time after the signal was aborted. */
export async function untilAborted<Result>(signal: AbortSignal | undefined, work: Promise<Result>): Promise<Result> {
  const grace = new Grace(signal);
  try {
    return await grace.within(() => work);
  } finally {
    grace.end();
  }
}
