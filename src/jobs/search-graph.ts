import { throwIfInterrupted } from '../engine/interrupt.ts';
import type { Found, Search } from '../model/search.ts';
import { askGraph } from './ask-graph.ts';

/** Finds nodes of the graph at a path. */
export function searchGraph(target: string, search: Search, signal: AbortSignal): Promise<Found> {
  return askGraph(target, async (graph) => {
    try {
      return await graph.searcher.search(search, signal);
    } catch (error) {
      throwIfInterrupted(signal);
      throw error;
    }
  });
}
