import type { GraphDatabase } from '../model/graph-database.ts';
import type { GraphStore } from '../model/graph-store.ts';

/** A store that closes what it is kept in together with itself. */
export function owningStore(store: GraphStore, database: GraphDatabase): GraphStore {
  return {
    path: store.path,
    nodes: store.nodes,
    edges: store.edges,
    get longestWriteMs() {
      return store.longestWriteMs;
    },
    as: (actor) => owningStore(store.as(actor), database),
    transaction: (action) => store.transaction(action),
    history: (question) => store.history(question),
    pruneHistory: (before) => store.pruneHistory(before),
    isCurrent: () => store.isCurrent(),
    close: async () => {
      await store.close();
      await database.close();
    },
  };
}
