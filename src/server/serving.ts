import { ThreadPool } from '../threads/thread-pool.ts';
import type { ServerOptions } from './server-options.ts';

/** More threads would have no processor to run on beside the others. */
const READERS = 2;

/** What routes work with. Nothing of SQLite is done in the thread that answers requests. */
export class Serving {
  readonly options: ServerOptions;
  /** Answer questions. */
  readonly readers: ThreadPool;
  /** Writes record by record, one request after the other. */
  readonly writer: ThreadPool;

  constructor(options: ServerOptions) {
    this.options = options;
    this.readers = new ThreadPool(options.settings, READERS);
    this.writer = new ThreadPool(options.settings, 1);
  }

  /** A thread of its own for a job that takes long; it is to be closed. */
  job(): ThreadPool {
    return new ThreadPool(this.options.settings, 1);
  }

  async close(): Promise<void> {
    await Promise.all([this.readers.close(), this.writer.close()]);
  }
}
