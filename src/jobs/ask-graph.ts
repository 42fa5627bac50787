import type { Graph } from '../model/graph.ts';
import { openGraph } from '../sqlite/questions/open-graph.ts';
import { requireTargetFile } from './check-paths.ts';

/** Asks a graph something: one that is opened for it, or one that is kept open for many questions. */
export type AskGraph = <Answer>(question: (graph: Graph) => Answer | Promise<Answer>) => Promise<Answer>;

/** Asks the graph at a path: opens it, asks it something, closes it. */
export function askGraph(target: string): AskGraph {
  return async (question) => {
    requireTargetFile(target);
    const graph = openGraph(target);
    try {
      return await question(graph);
    } finally {
      await graph.close();
    }
  };
}
