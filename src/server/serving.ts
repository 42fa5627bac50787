import { AuditError } from '../model/errors.ts';
import type { TaskInput, TaskName, TaskOutput } from '../threads/tasks/index.ts';
import type { Listening } from '../threads/thread.ts';
import { ThreadPool } from '../threads/thread-pool.ts';
import type { ServerOptions } from './server-options.ts';

/** More threads would have no processor to run on beside the others. */
const READERS = 2;

/** Which backup is restored, and how. */
export interface RestoreOrder {
  readonly file: string;
  readonly dryRun: boolean;
  readonly integrityCheck: boolean;
}

/** What routes work with. Nothing of SQLite is done in the thread that answers requests. */
export class Serving {
  readonly options: ServerOptions;
  /** Answer questions. */
  readonly readers: ThreadPool;
  /** Writes record by record, one request after the other. */
  readonly writer: ThreadPool;
  readonly #jobs = new Set<Promise<unknown>>();
  #isRestoring = false;

  constructor(options: ServerOptions) {
    this.options = options;
    this.readers = new ThreadPool(options.settings, READERS);
    this.writer = new ThreadPool(options.settings, 1);
  }

  /** Does a task that takes long in a thread of its own, which ends with it. Throws while a backup is being restored. */
  async alone<Name extends TaskName>(
    name: Name,
    input: TaskInput<Name>,
    listening: Listening<Name> = {},
  ): Promise<TaskOutput<Name>> {
    if (this.#isRestoring) throw busy('a backup is being restored');
    return this.#begin(name, input, listening);
  }

  /** Looks a backup over while all goes on, and restores it if that is wanted. Gives the report as JSON. */
  async restore({ file, dryRun, integrityCheck }: RestoreOrder): Promise<string> {
    const { json, warnings } = await this.alone('restoreBackup', { file, dryRun: true, integrityCheck, warnings: [] });
    return dryRun ? json : this.#undisturbed(() => this.#replace(file, warnings));
  }

  async #replace(file: string, warnings: readonly string[]): Promise<string> {
    const order = { file, dryRun: false, integrityCheck: false, warnings };
    const { json } = await this.#begin('restoreBackup', order, {});
    return json;
  }

  /**
   * A restore opens and closes the file itself, and with that the system drops all locks that this process has on it, those
   * of other threads, too. So none of them has it open meanwhile; what is asked of them waits, and finds the new content.
   */
  async #undisturbed<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#isRestoring || this.#jobs.size > 0) throw busy('a run or another job of this server is going on');
    this.#isRestoring = true;
    try {
      return await this.readers.standStill(() => this.writer.standStill(work));
    } finally {
      this.#isRestoring = false;
    }
  }

  #begin<Name extends TaskName>(
    name: Name,
    input: TaskInput<Name>,
    listening: Listening<Name>,
  ): Promise<TaskOutput<Name>> {
    const thread = new ThreadPool({ ...this.options.settings, isBackground: true }, 1);
    const work = thread.call(name, input, listening).finally(() => thread.close());
    this.#jobs.add(work);
    const forget = () => void this.#jobs.delete(work);
    work.then(forget, forget);
    return work;
  }

  /** Ends all threads when they have finished what they are at. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#jobs);
    await Promise.all([this.readers.close(), this.writer.close()]);
  }
}

function busy(what: string): AuditError {
  return new AuditError('run-busy', what, 'ask again when it is done');
}
