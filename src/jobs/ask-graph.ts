import type { Graph } from '../model/graph.ts';
import { withDatabase } from './with-database.ts';

/** Asks a graph something: one that is opened for it, or one that is kept open for many questions. */
export type AskGraph = <Answer>(question: (graph: Graph) => Answer | Promise<Answer>) => Promise<Answer>;

/** Asks the graph at a path: opens it, asks it something, closes it. A server is not waited for once `signal` is aborted. */
export function askGraph(target: string, signal?: AbortSignal): AskGraph {
  return (question) =>
    withDatabase(
      target,
      async (database) => {
        await database.requireThere();
        const graph = await database.openGraph();
        try {
          return await question(graph);
        } finally {
          await graph.close();
        }
      },
      { signal },
    );
}
