import type { TaskInput, TaskName, TaskOutput } from './tasks/index.ts';
import { type Listening, Thread } from './thread.ts';
import type { ThreadSettings } from './thread-settings.ts';

/** So many threads, made when they are wanted. A call goes to the one with least to do; one that broke is replaced. */
export class ThreadPool {
  readonly #settings: ThreadSettings;
  readonly #size: number;
  #threads: readonly Thread[] = [];
  /** Settled when calls may go on. */
  #stillness: Promise<unknown> | undefined;

  constructor(settings: ThreadSettings, size: number) {
    this.#settings = settings;
    this.#size = size;
  }

  /** Does a task. Throws what it failed with. */
  async call<Name extends TaskName>(
    name: Name,
    input: TaskInput<Name>,
    listening: Listening<Name> = {},
  ): Promise<TaskOutput<Name>> {
    while (this.#stillness !== undefined) await this.#stillness;
    return this.#choose().call(name, input, listening);
  }

  /** Ends all threads, which finish what they are at, and keeps later calls waiting until some work is done. */
  async standStill<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.close().then(work);
    const stillness = done.catch(() => {}).finally(() => (this.#stillness = undefined));
    this.#stillness = stillness;
    return done;
  }

  /** Ends all threads, which finish what they are at; later calls make new ones. */
  async close(): Promise<void> {
    const threads = this.#threads;
    this.#threads = [];
    await Promise.all(threads.map((thread) => thread.close()));
  }

  #choose(): Thread {
    this.#threads = this.#threads.filter(({ isOver }) => !isOver);
    const [first, ...others] = this.#threads;
    const least = others.reduce((one, other) => (other.load < (one?.load ?? 0) ? other : one), first);
    if (least !== undefined && (least.load === 0 || this.#threads.length >= this.#size)) return least;
    const thread = new Thread(this.#settings);
    this.#threads = [...this.#threads, thread];
    return thread;
  }
}
