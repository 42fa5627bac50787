import { findNeighborhood, type NeighborhoodRequest } from '../graph/neighborhood.ts';
import type { Neighborhood } from '../model/neighborhood.ts';
import type { AskGraph } from './ask-graph.ts';

/** Looks around a node of a graph. */
export function readNeighborhood(ask: AskGraph, request: NeighborhoodRequest): Promise<Neighborhood> {
  return ask((graph) => findNeighborhood(graph, request));
}
