import type { GraphContent } from '../behaviour/graph-place.ts';

/** Without what is written of when a thing was made, for runs that were not at the same time. */
export function withoutTimes({ nodes, edges }: GraphContent): GraphContent {
  const timeless = (properties: string) => properties.replace(/"created":"[^"]*"/, '"created":""');
  return {
    nodes: nodes.map((node) => ({ ...node, properties: timeless(node.properties) })),
    edges: edges.map((edge) => ({ ...edge, properties: edge.properties && timeless(edge.properties) })),
  };
}
