import { findNeighborhood, type NeighborhoodRequest } from '../graph/neighborhood.ts';
import type { Neighborhood } from '../model/neighborhood.ts';
import { askGraph } from './ask-graph.ts';

/** Looks around a node of a graph. */
export function readNeighborhood(target: string, request: NeighborhoodRequest): Promise<Neighborhood> {
  return askGraph(target, (graph) => findNeighborhood(graph, request));
}
