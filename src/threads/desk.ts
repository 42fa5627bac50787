import type { AskGraph } from '../jobs/ask-graph.ts';
import { bootstrap } from '../jobs/bootstrap.ts';
import { knownHooks } from '../jobs/known-hooks.ts';
import { keepGraphOpen, type OpenedGraph } from '../jobs/open-graphs.ts';
import type { GraphStore } from '../model/graph-store.ts';
import type { ThreadSettings } from './thread-settings.ts';

/** What the tasks of one thread share: its settings, a graph that stays open, and a store where one is written. */
export class Desk {
  readonly settings: ThreadSettings;
  readonly #graphs: OpenedGraph;
  #store: Promise<GraphStore> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  /** Their file was replaced or removed; somebody may still be at work with them. */
  readonly #outdated: GraphStore[] = [];

  constructor(settings: ThreadSettings) {
    this.settings = settings;
    this.#graphs = keepGraphOpen(settings.target);
  }

  /** Asks the graph something. */
  get ask(): AskGraph {
    return this.#graphs.ask;
  }

  /** The graph to be read and written record by record; opened, and made, when it is first wanted. */
  async store(): Promise<GraphStore> {
    const open = await this.#store;
    if (open !== undefined && !isCurrent(open) && (await this.#store) === open) {
      this.#outdated.push(open);
      this.#store = undefined;
    }
    this.#store ??= this.#openStore().catch((error: unknown) => {
      // The next one tries again.
      this.#store = undefined;
      throw error;
    });
    return this.#store;
  }

  /** Does something in one transaction of the store, or nothing of it. */
  write<Result>(actor: string, action: (store: GraphStore) => Promise<Result>): Promise<Result> {
    return this.inTurn(async () => {
      const store = (await this.store()).as(actor);
      return store.transaction(() => action(store));
    });
  }

  /** Does what writes one after the other: two connections of one thread would keep each other waiting. */
  inTurn<Result>(action: () => Promise<Result>): Promise<Result> {
    const done = this.#turn.then(action);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.#graphs.close();
    const store = await this.#store?.catch(() => undefined);
    for (const one of [...this.#outdated, ...(store ? [store] : [])]) await one.close();
  }

  async #openStore(): Promise<GraphStore> {
    const { target, redaction, waitMs } = this.settings;
    return bootstrap(target, { hooks: await knownHooks(this.settings), redaction, waitMs });
  }
}

/** One that cannot be looked at any more is opened anew, which says why. */
function isCurrent(store: GraphStore): boolean {
  try {
    return store.isCurrent();
  } catch {
    return false;
  }
}
