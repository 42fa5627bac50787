import type { Graph } from '../model/graph.ts';
import { openGraph } from '../sqlite/questions/open-graph.ts';
import { requireTargetFile } from './check-paths.ts';

/** Opens a graph, asks it something, closes it. */
export async function askGraph<Answer>(
  target: string,
  question: (graph: Graph) => Answer | Promise<Answer>,
): Promise<Answer> {
  requireTargetFile(target);
  const graph = openGraph(target);
  try {
    return await question(graph);
  } finally {
    graph.close();
  }
}
