import { AuditError, summarizeError } from '../../model/errors.ts';
import type { Redactor } from '../../model/redaction.ts';
import type { RunOrder } from '../../threads/tasks/run-extraction.ts';
import type { Serving } from '../serving.ts';
import { ExtractionRun, type RunEnd } from './extraction-run.ts';

/** So many runs are remembered. */
const REMEMBERED = 20;

/** The runs that this server was asked for, one at a time. */
export class ExtractionRuns {
  readonly #serving: Serving;
  readonly #redactor: Redactor;
  #runs: readonly ExtractionRun[] = [];
  #current: ExtractionRun | undefined;
  #isClosed = false;

  constructor(serving: Serving, redactor: Redactor) {
    this.#serving = serving;
    this.#redactor = redactor;
  }

  /** Those that are remembered, the newest first. */
  get all(): readonly ExtractionRun[] {
    return this.#runs;
  }

  /** Starts a run, and waits until it has begun. Throws where it cannot; it is not remembered then. */
  async start(order: RunOrder, startedBy: string): Promise<ExtractionRun> {
    if (this.#isClosed)
      throw new AuditError('interrupted-sigterm', 'the server is ending', 'ask again when it is back');
    if (this.#current !== undefined) {
      const hint = 'wait for it, or interrupt it with DELETE';
      throw new AuditError('run-busy', `a run is going on: /runs/${this.#current.id}`, hint);
    }
    const { clock } = this.#serving.options;
    const run = new ExtractionRun(order, startedBy, clock());
    this.#current = run;
    const begun = new Promise<void>((begin, refuse) => {
      const ended = this.#work(run, begin).finally(() => (this.#current = undefined));
      ended.then((end) => {
        begin();
        run.finish(end, clock());
      }, refuse);
    });
    await begun;
    this.#runs = [run, ...this.#runs].slice(0, REMEMBERED);
    return run;
  }

  /** Interrupts the run that is going on. No other one begins. */
  close(): void {
    this.#isClosed = true;
    this.#current?.interrupt('SIGTERM');
  }

  /** Throws where a run fails before it has begun; a later failure is its end. */
  async #work(run: ExtractionRun, begin: () => void): Promise<RunEnd> {
    let hasBegun = false;
    try {
      return await this.#serving.alone('runExtraction', run.order, {
        signal: run.signal,
        onNote: ({ name, json }) => {
          hasBegun = true;
          begin();
          run.events.add(name, json);
        },
      });
    } catch (thrown) {
      if (!hasBegun) throw thrown;
      const error = summarizeError(thrown);
      return { state: 'failed', report: undefined, error: { ...error, message: this.#redactor.clean(error.message) } };
    }
  }
}
