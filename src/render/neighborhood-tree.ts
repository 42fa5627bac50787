import { styleText } from 'node:util';
import { MISSING, type Neighbor, type Neighborhood } from '../model/neighborhood.ts';
import { firstCodePoints } from '../model/text.ts';
import type { AnswerView } from './answer.ts';
import { countOf, grouped } from './grouped.ts';
import { moreLabel, nodeName, typeLabel } from './node-label.ts';
import { visible } from './visible.ts';

type Edge = Neighborhood['edges'][number];

/** A line under a node: an edge, and the node that hangs on it, if it hangs here. */
interface Branch {
  readonly text: string;
  readonly child?: string;
}

/** A neighbourhood as a tree for people: every node once, every edge once, each node under the nearest to the root. */
export function drawTree(neighborhood: Neighborhood, { color, width }: AnswerView): string {
  const { root, nodes } = neighborhood;
  const branches = branchesOf(neighborhood);
  const lines: string[] = [];
  const addUnder = (id: string, indent: string) => {
    const own = branches.get(id) ?? [];
    for (const [index, { text, child }] of own.entries()) {
      const isLast = index === own.length - 1;
      lines.push(`${indent}${isLast ? '└─' : '├─'} ${text}`);
      if (child !== undefined) addUnder(child, `${indent}${isLast ? '   ' : '│  '}`);
    }
  };
  addUnder(root, '');
  const cut = (line: string) => firstCodePoints(line, width);
  const top = cut(nodes[0] === undefined ? visible(root) : lineOf(nodes[0]));
  const heading = color ? styleText('bold', top) : top;
  return `${[heading, ...lines.map(cut), '', cut(summaryOf(neighborhood))].join('\n')}\n`;
}

function branchesOf({ nodes, edges, more }: Neighborhood): ReadonlyMap<string, readonly Branch[]> {
  const found = new Map(nodes.map((node, order) => [node.id, { node, order }]));
  const branches = new Map<string, Branch[]>(nodes.map(({ id }) => [id, []]));
  const hung = new Set<string>();
  for (const edge of edges) {
    const [from, to] = [found.get(edge.fromNode), found.get(edge.toNode)];
    if (from === undefined || to === undefined) continue;
    const [near, far] = from.order <= to.order ? [from.node, to.node] : [to.node, from.node];
    const hangs = far.depth === near.depth + 1 && !hung.has(far.id);
    if (hangs) hung.add(far.id);
    const text = `${typeLabel(edge.edgeType)} ${arrowOf(edge, near)} ${lineOf(far)}`;
    branches.get(near.id)?.push(hangs ? { text, child: far.id } : { text: `${text} (see there)` });
  }
  for (const cut of more) branches.get(cut.node)?.push({ text: moreLabel(cut) });
  return branches;
}

function arrowOf({ fromNode, toNode }: Edge, { id }: Neighbor): string {
  if (fromNode === toNode) return '↔';
  return fromNode === id ? '→' : '←';
}

function lineOf(node: Neighbor): string {
  const id = visible(node.id);
  const name = nodeName(node);
  if (node.nodeType === MISSING) return `${id}  (not in the graph)`;
  return name === id ? id : `${name}  ${id}`;
}

function summaryOf({ nodes, edges, more, depth, limit }: Neighborhood): string {
  const shown = `${countOf(nodes.length, 'node')} and ${countOf(edges.length, 'edge')} up to depth ${depth}`;
  if (more.length === 0) return `${shown}.`;
  const left = more.reduce((sum, cut) => sum + cut.edges, 0);
  const atLeast = more.some((cut) => cut.atLeast);
  return `${shown}, ${moreLabel({ edges: left, atLeast })} edges: --limit is ${grouped(limit)}.`;
}
