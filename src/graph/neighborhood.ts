import type { GraphEdge } from '../model/edge.ts';
import { AuditError } from '../model/errors.ts';
import type { Direction, Graph } from '../model/graph.ts';
import type { MoreEdges, Neighbor, Neighborhood } from '../model/neighborhood.ts';
import { MISSING } from '../model/node-end.ts';
import { readNodeEnd } from './read-node-end.ts';

/** What is wanted of a neighbourhood. */
export interface NeighborhoodRequest {
  readonly id: string;
  readonly depth: number;
  /** So many nodes at the most, the root among them. */
  readonly limit: number;
}

/** Edges read of a node beyond those that may bring a new one: they may lead to nodes that are shown already. */
const SPARE = 100;
/** More edges of a node than these are not counted; where the depth ends, there may be a thousand such nodes. */
const COUNTED = { limit: 10_000, depth: 1000 } as const satisfies Record<MoreEdges['cutBy'], number>;

/**
 * Looks around a node, breadth first and in both directions. However many edges a node has, a page of them is read;
 * the nodes of a level share what room is left, so that one of them does not take it all. What was deleted is shown, and
 * not looked behind.
 */
export async function findNeighborhood(graph: Graph, { id, depth, limit }: NeighborhoodRequest): Promise<Neighborhood> {
  const walk = new Walk(graph);
  await walk.begin(id);
  let level: readonly string[] = [id];
  for (let at = 1; at <= depth; at++) {
    const next: string[] = [];
    for (const [index, node] of level.entries()) {
      const room = Math.ceil((limit - walk.size) / (level.length - index));
      next.push(...(await walk.expand(node, at, room)));
    }
    level = next;
  }
  for (const node of level) await walk.joinShown(node);
  return { root: id, depth, limit, ...(await walk.result()) };
}

class Walk {
  readonly #graph: Graph;
  readonly #nodes = new Map<string, Neighbor>();
  readonly #edges = new Map<string, GraphEdge>();
  readonly #cut = new Map<string, MoreEdges['cutBy']>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** Takes in the root. Throws where there is neither such a node nor an edge of it. */
  async begin(root: string): Promise<void> {
    const { nodeType } = await this.#admit(root, 0);
    if (nodeType !== MISSING || (await this.#page(root, 1)).length > 0) return;
    throw new AuditError(
      'node-not-found',
      `node ${root} is not in target ${this.#graph.path}`,
      'audit-extract query finds nodes and prints their ids',
    );
  }

  get size(): number {
    return this.#nodes.size;
  }

  /** Takes in what a node is joined to, so many new nodes at the most. Gives the ids of those to look behind. */
  async expand(id: string, depth: number, room: number): Promise<readonly string[]> {
    const found: Neighbor[] = [];
    const size = room + SPARE;
    const page = await this.#page(id, size);
    let left = 0;
    for (const edge of page) {
      const other = edge.fromNode === id ? edge.toNode : edge.fromNode;
      if (this.#nodes.has(other)) this.#keep(edge);
      else if (found.length === room) left++;
      else {
        found.push(await this.#admit(other, depth));
        this.#keep(edge);
      }
    }
    if (left > 0 || page.length >= size) this.#cut.set(id, 'limit');
    return found.flatMap((node) => (node.isDeleted ? [] : [node.id]));
  }

  /** Takes in the edges of a node to nodes that are shown, as far as a page of them goes. */
  async joinShown(id: string): Promise<void> {
    this.#cut.set(id, 'depth');
    for (const edge of await this.#page(id, SPARE)) {
      if (this.#nodes.has(edge.fromNode) && this.#nodes.has(edge.toNode)) this.#keep(edge);
    }
  }

  async result(): Promise<Pick<Neighborhood, 'nodes' | 'edges' | 'more'>> {
    const edges = [...this.#edges.values()].map(({ properties: _, ...edge }) => edge);
    const shown = new Map<string, number>();
    for (const end of edges.flatMap(({ fromNode, toNode }) => [fromNode, toNode])) {
      shown.set(end, (shown.get(end) ?? 0) + 1);
    }
    const more: MoreEdges[] = [];
    for (const [id, cutBy] of this.#cut) more.push(await this.#moreOf(id, cutBy, shown.get(id) ?? 0));
    return { nodes: [...this.#nodes.values()], edges, more: more.filter(({ edges }) => edges > 0) };
  }

  async #moreOf(id: string, cutBy: MoreEdges['cutBy'], shown: number): Promise<MoreEdges> {
    const most = COUNTED[cutBy];
    const count = (direction: Direction) => this.#graph.edges.count(id, direction, most + 1);
    const counts = await Promise.all([count('out'), count('in')]);
    const total = counts.reduce((sum, one) => sum + Math.min(one, most), 0);
    return { node: id, edges: Math.max(0, total - shown), atLeast: counts.some((one) => one > most), cutBy };
  }

  /** The first edges of a node, those that leave it and those that lead to it by turns. */
  async #page(id: string, size: number): Promise<readonly GraphEdge[]> {
    const read = (direction: Direction) => this.#graph.edges.page(id, direction, size);
    const [out, into] = await Promise.all([read('out'), read('in')]);
    const turns = Array.from({ length: Math.max(out.length, into.length) }, (_, at) => [out[at], into[at]]);
    return turns.flat().filter((edge) => edge !== undefined);
  }

  #keep(edge: GraphEdge): void {
    // In a table of others an id may be that of many edges.
    this.#edges.set(JSON.stringify([edge.id, edge.edgeType, edge.fromNode, edge.toNode]), edge);
  }

  async #admit(id: string, depth: number): Promise<Neighbor> {
    const node = { ...(await readNodeEnd(this.#graph, id)), depth };
    this.#nodes.set(id, node);
    return node;
  }
}
