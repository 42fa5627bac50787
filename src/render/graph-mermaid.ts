import type { ExportedGraph } from '../model/exchange.ts';
import type { Neighborhood } from '../model/neighborhood.ts';
import { fieldsOf } from './graph-fields.ts';
import { countOf } from './grouped.ts';
import { renderMermaid } from './mermaid.ts';

/** More than this Mermaid refuses to draw, as it is, and nobody could read. */
const MOST_NODES = 100;
const MOST_EDGES = 250;

/** The first nodes of a graph, and the edges between them, as a Mermaid flowchart, with a note of how many more there are. */
export function* graphMermaid({ tables, rows }: ExportedGraph): Generator<string, void> {
  const nodes: Neighborhood['nodes'][number][] = [];
  const edges: Neighborhood['edges'][number][] = [];
  let [moreNodes, moreEdges] = [0, 0];
  for (const row of rows('kg_nodes')) {
    if (nodes.length === MOST_NODES) moreNodes++;
    else nodes.push(nodeOf(fieldsOf(row)));
  }
  const shown = new Set(nodes.map(({ id }) => id));
  for (const row of tables.some(({ table }) => table === 'kg_edges') ? rows('kg_edges') : []) {
    const edge = edgeOf(fieldsOf(row));
    if (edges.length < MOST_EDGES && shown.has(edge.fromNode) && shown.has(edge.toNode)) edges.push(edge);
    else moreEdges++;
  }
  yield renderMermaid({ root: '', depth: 0, limit: MOST_NODES, nodes, edges, more: [] });
  if (moreNodes + moreEdges === 0) return;
  yield `  rest["and ${countOf(moreNodes, 'more node')}, ${countOf(moreEdges, 'more edge')}"]:::rest\n`;
  yield '  classDef rest fill:none,stroke:#8c959f,stroke-dasharray:4\n';
}

function nodeOf(fields: ReadonlyMap<string, string>): Neighborhood['nodes'][number] {
  return {
    id: fields.get('id') ?? '',
    name: fields.get('name') ?? null,
    label: fields.get('name') ?? null,
    nodeType: fields.get('node_type') ?? '',
    subtype: fields.get('subtype') ?? null,
    isDeleted: (fields.get('deleted_at') ?? '') !== '',
    depth: 0,
  };
}

function edgeOf(fields: ReadonlyMap<string, string>): Neighborhood['edges'][number] {
  const text = (column: string) => fields.get(column) ?? '';
  return { id: text('id'), edgeType: text('edge_type'), fromNode: text('from_node'), toNode: text('to_node') };
}
