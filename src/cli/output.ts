import { AuditError } from '../model/errors.ts';
import type { Terminal } from './io.ts';

/** Takes secrets out of text on its way. */
export type Clean = (text: string) => string | Promise<string>;

interface OutputOptions {
  readonly required: boolean;
  /** For diagnostics, which may quote anything; results have no secrets in them. */
  readonly clean?: Clean;
}

const asItIs: Clean = (text) => text;

/** The one place that writes to stdout and stderr. Waits for the reader, and notices when it has gone. */
export class Output {
  readonly #stream: Terminal;
  readonly #required: boolean;
  readonly #clean: Clean;
  #gone = false;

  /** Text for a stream that is not required is dropped when it cannot be written: there is nowhere left to say so. */
  constructor(stream: Terminal, { required, clean = asItIs }: OutputOptions) {
    this.#stream = stream;
    this.#required = required;
    this.#clean = clean;
    // A write that fails tells its callback; without a listener the event would end the process as well.
    stream.on('error', () => {});
  }

  /** Whether the reader closed its end, so that nothing more can reach it. */
  get gone(): boolean {
    return this.#gone;
  }

  /** Resolves once it is out of our hands; what is for a reader that has gone is dropped. */
  async write(text: string | Uint8Array): Promise<void> {
    if (text.length === 0 || this.#gone) return;
    const clean = typeof text === 'string' ? await this.#clean(text) : text;
    const error = await new Promise<NodeJS.ErrnoException | null | undefined>((resolve) => {
      this.#stream.write(clean, resolve);
    });
    if (!error) return;
    this.#gone = true;
    if (!this.#required || error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') return;
    throw new AuditError(
      'output-failed',
      `the result could not be written: ${error.message}`,
      'check where the output goes',
      error,
    );
  }
}
