import { withDatabase } from '../../src/jobs/with-database.ts';
import type { KeptEdge, KeptNode, KeptReader } from '../../src/model/graph-store.ts';

/** Where graphs are kept in a test. */
export interface GraphPlace {
  /** A target that has no graph yet. */
  newTarget(): Promise<string>;
  /** Removes a node, as somebody would who does not go through this program. */
  removeNode(target: string, id: string): Promise<void>;
  /** Gives a node another name, past this program. */
  renameNode(target: string, id: string, name: string): Promise<void>;
  /** Makes nodes and edges as other programs do: ids and types, and edges of a type from one to another. */
  makeOthers(target: string, nodes: readonly OtherNode[], edges: readonly OtherEdge[]): Promise<void>;
}

interface OtherNode {
  readonly id: string;
  readonly type: string;
}

interface OtherEdge {
  readonly type: string;
  readonly from: string;
  readonly to: string;
}

/** What must be the same wherever a graph is kept, and whatever way it came to be. */
export interface GraphContent {
  readonly nodes: readonly Omit<KeptNode, 'createdAt' | 'updatedAt'>[];
  readonly edges: readonly Omit<KeptEdge, 'createdAt' | 'updatedAt'>[];
}

/** All nodes and edges, in the order of their ids. */
export function readGraph(
  target: string,
): Promise<{ readonly nodes: readonly KeptNode[]; readonly edges: readonly KeptEdge[] }> {
  return withDatabase(target, async (database) => {
    const graph = await database.openGraph();
    try {
      return { nodes: await readAll(graph.kept.nodes), edges: await readAll(graph.kept.edges) };
    } finally {
      await graph.close();
    }
  });
}

export async function readContent(target: string): Promise<GraphContent> {
  const { nodes, edges } = await readGraph(target);
  return {
    nodes: nodes.map(({ createdAt: _created, updatedAt: _updated, ...content }) => content),
    edges: edges.map(({ createdAt: _created, updatedAt: _updated, ...content }) => content),
  };
}

async function readAll<Kept extends { readonly id: string }>(reader: KeptReader<Kept>): Promise<readonly Kept[]> {
  const all: Kept[] = [];
  for (let after: string | undefined; ; ) {
    const page: readonly Kept[] = await reader.list({
      limit: 500,
      includeDeleted: true,
      ...(after !== undefined && { after }),
    });
    all.push(...page);
    const last = page.at(-1);
    if (last === undefined) return all;
    after = last.id;
  }
}
