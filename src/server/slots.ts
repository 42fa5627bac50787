import { httpProblem } from './problem.ts';
import { RequestProblem } from './request-problem.ts';

/** Bounds how many of something there are at once. */
export class Slots {
  readonly #what: string;
  readonly #retryAfter: number;
  #free: number;

  /** `what` there are so many of at the most; who finds none free is told to come back after so many seconds. */
  constructor(what: string, count: number, retryAfter: number) {
    this.#what = what;
    this.#free = count;
    this.#retryAfter = retryAfter;
  }

  /** Takes one. Gives what frees it again. Throws where none is free. */
  take(): () => void {
    if (this.#free === 0) {
      const problem = httpProblem(503, `there are too many ${this.#what} already`, 'ask again in a while');
      throw new RequestProblem(problem, { 'retry-after': String(this.#retryAfter) });
    }
    this.#free--;
    let isTaken = true;
    return () => {
      if (isTaken) this.#free++;
      isTaken = false;
    };
  }

  /** Takes one for as long as some work lasts. */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    const free = this.take();
    try {
      return await work();
    } finally {
      free();
    }
  }
}
