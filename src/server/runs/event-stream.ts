import { Readable } from 'node:stream';
import type { EventLog, LoggedEvent } from './event-log.ts';

const HEARTBEAT_MS = 15_000;
/** Who has taken nothing for so many beats is gone, or might as well be. */
const BEATS_MISSED = 4;

/**
 * The events of a log as a stream of server-sent events, those after a certain one. It takes them out of the log when its
 * reader wants them and holds none itself; a reader that falls behind what the log keeps, or stops reading, is dropped.
 */
export class EventStream extends Readable {
  readonly #log: EventLog;
  readonly #unfollow: () => void;
  readonly #heart: NodeJS.Timeout;
  #next: number;
  #isWanted = false;
  #missed = 0;

  constructor(log: EventLog, after: number, heartbeatMs: number = HEARTBEAT_MS) {
    super();
    this.#log = log;
    this.#next = Math.max(after + 1, log.first);
    this.#unfollow = log.follow(() => this.#send());
    this.#heart = setInterval(() => this.#beat(), heartbeatMs);
  }

  override _read(): void {
    this.#isWanted = true;
    this.#missed = 0;
    this.#send();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearInterval(this.#heart);
    this.#unfollow();
    done(error);
  }

  #send(): void {
    if (this.#next < this.#log.first) this.#drop();
    while (this.#isWanted && !this.destroyed) {
      const event = this.#log.at(this.#next);
      if (event === undefined) break;
      this.#next++;
      this.#isWanted = this.push(textOf(event));
    }
    if (this.#isWanted && this.#log.isOver && !this.destroyed) this.push(null);
  }

  /** A comment, so that whatever stands between does not take the connection for dead. */
  #beat(): void {
    if (this.#isWanted) this.#isWanted = this.push(': nothing new\n\n');
    else if (++this.#missed >= BEATS_MISSED) this.#drop();
  }

  #drop(): void {
    this.destroy(new Error('who follows a run does not keep up with it'));
  }
}

const textOf = ({ id, name, json }: LoggedEvent): string => `id: ${id}\nevent: ${name}\ndata: ${json}\n\n`;
