import { EventEmitter } from 'node:events';

/** Something that happened, with its place in the order of all. */
export interface LoggedEvent {
  readonly id: number;
  readonly name: string;
  /** JSON, on one line. */
  readonly json: string;
}

/** So many are kept. */
const KEPT = 500;

/** The last events of something that goes on, for whoever follows it, from its beginning or later on. */
export class EventLog {
  #events: LoggedEvent[] = [];
  #last = 0;
  #isOver = false;
  readonly #told = new EventEmitter().setMaxListeners(0);

  /** Whether no more will come. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** The number of the first one that is kept still; of the one to come where there is none. */
  get first(): number {
    return this.#events[0]?.id ?? this.#last + 1;
  }

  add(name: string, json: string): void {
    this.#events.push({ id: ++this.#last, name, json });
    if (this.#events.length > KEPT) this.#events.shift();
    this.#told.emit('news');
  }

  /** Adds the last one. */
  end(name: string, json: string): void {
    this.#isOver = true;
    this.add(name, json);
  }

  /** The event of a number; undefined where it is yet to come. */
  at(id: number): LoggedEvent | undefined {
    return this.#events[id - this.first];
  }

  /** Calls back whenever there is something new. Gives what ends that. */
  follow(listener: () => void): () => void {
    this.#told.on('news', listener);
    return () => void this.#told.off('news', listener);
  }
}
