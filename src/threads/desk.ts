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

  constructor(settings: ThreadSettings) {
    this.settings = settings;
    this.#graphs = keepGraphOpen(settings.target);
  }

  /** Asks the graph something. */
  get ask(): AskGraph {
    return this.#graphs.ask;
  }

  /** The graph to be read and written record by record; opened, and made, when it is first wanted. */
  store(): Promise<GraphStore> {
    this.#store ??= this.#openStore().catch((error: unknown) => {
      // The next one tries again.
      this.#store = undefined;
      throw error;
    });
    return this.#store;
  }

  async close(): Promise<void> {
    this.#graphs.close();
    const store = await this.#store?.catch(() => undefined);
    store?.close();
  }

  async #openStore(): Promise<GraphStore> {
    const { target, redaction, waitMs } = this.settings;
    return bootstrap(target, { hooks: await knownHooks(this.settings), redaction, waitMs });
  }
}
