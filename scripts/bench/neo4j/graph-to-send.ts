import { askGraph } from '../../../src/jobs/ask-graph.ts';
import type { KeptEdge, KeptNode, KeptReader } from '../../../src/model/graph-store.ts';
import { labelOf } from '../../../src/neo4j/labels.ts';
import type { SentNode } from './send-one-by-one.ts';

const PAGE = 5000;

/** How large a graph is, and so many of its events, evenly spread, with all that they lead to. */
export interface GraphToSend {
  readonly nodes: number;
  readonly edges: number;
  readonly sample: readonly SentNode[];
}

/** Reads a graph from a file; each entity is sent with the first edge that needs it. */
export async function readGraphToSend(target: string, events: number): Promise<GraphToSend> {
  return askGraph(target)(async ({ kept }) => {
    const nodes = await readAll(kept.nodes);
    const edges = await readAll(kept.edges);
    const known = new Map(nodes.map((node) => [node.id, node]));
    const ofEvent = new Map<string, KeptEdge[]>();
    for (const edge of edges) {
      const event = [edge.fromNode, edge.toNode].find((id) => known.get(id)?.nodeType === 'audit_event') ?? '';
      ofEvent.set(event, [...(ofEvent.get(event) ?? []), edge]);
    }
    const all = nodes.filter(({ nodeType }) => nodeType === 'audit_event');
    const step = Math.max(1, Math.floor(all.length / events));
    const sent = new Set<string>();
    const sample = all
      .filter((_, at) => at % step === 0)
      .slice(0, events)
      .flatMap((event) => withEnds(event, ofEvent.get(event.id) ?? [], known, sent));
    return { nodes: nodes.length, edges: edges.length, sample };
  });
}

/** The entities that were not sent yet, and then the event with its edges. */
function withEnds(
  event: KeptNode,
  edges: readonly KeptEdge[],
  known: ReadonlyMap<string, KeptNode>,
  sent: Set<string>,
): readonly SentNode[] {
  const ends = edges.map(({ fromNode, toNode }) => (fromNode === event.id ? toNode : fromNode));
  const entities = ends.flatMap((id) => {
    const node = known.get(id);
    if (node === undefined || sent.has(id)) return [];
    sent.add(id);
    return [{ node, label: labelOf(node.nodeType), edges: [] }];
  });
  return [...entities, { node: event, label: labelOf(event.nodeType), edges }];
}

async function readAll<Kept extends { readonly id: string }>(reader: KeptReader<Kept>): Promise<readonly Kept[]> {
  const all: Kept[] = [];
  for (let after: string | undefined; ; ) {
    const page: readonly Kept[] = await reader.list({ limit: PAGE, ...(after !== undefined && { after }) });
    for (const one of page) all.push(one);
    const last = page.at(-1);
    if (last === undefined) return all;
    after = last.id;
  }
}
