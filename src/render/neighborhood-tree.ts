import { styleText } from 'node:util';
import { LARGEST_DEPTH, MOST_NODES, type Neighbor, type Neighborhood } from '../model/neighborhood.ts';
import { MISSING } from '../model/node-end.ts';
import { firstCodePoints } from '../model/text.ts';
import type { AnswerView } from './answer.ts';
import { countOf } from './grouped.ts';
import { NO_EDGES } from './neighborhood-warnings.ts';
import { type Cuts, cutsOf, moreLabel, nodeName, sumLabel, typeLabel } from './node-label.ts';
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
  const cuts = cutsOf(neighborhood.more);
  const branches = branchesOf(neighborhood, cuts);
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
  const top = cut(nodes[0] === undefined ? visible(root) : lineOf(nodes[0], cuts));
  const heading = color ? styleText('bold', top) : top;
  return `${[heading, ...lines.map(cut), '', ...summaryOf(neighborhood, cuts).map(cut)].join('\n')}\n`;
}

function branchesOf({ nodes, edges }: Neighborhood, cuts: Cuts): ReadonlyMap<string, readonly Branch[]> {
  const found = new Map(nodes.map((node, order) => [node.id, { node, order }]));
  const branches = new Map<string, Branch[]>(nodes.map(({ id }) => [id, []]));
  const hung = new Set<string>();
  for (const edge of edges) {
    const [from, to] = [found.get(edge.fromNode), found.get(edge.toNode)];
    if (from === undefined || to === undefined) continue;
    const [near, far] = from.order <= to.order ? [from.node, to.node] : [to.node, from.node];
    const hangs = far.depth === near.depth + 1 && !hung.has(far.id);
    if (hangs) hung.add(far.id);
    const text = `${typeLabel(edge.edgeType)} ${arrowOf(edge, near)} ${lineOf(far, cuts)}`;
    branches.get(near.id)?.push(hangs ? { text, child: far.id } : { text: `${text} (see there)` });
  }
  for (const cut of cuts.byLimit) branches.get(cut.node)?.push({ text: moreLabel(cut) });
  return branches;
}

function arrowOf({ fromNode, toNode }: Edge, { id }: Neighbor): string {
  if (fromNode === toNode) return '↔';
  return fromNode === id ? '→' : '←';
}

function lineOf(node: Neighbor, { byDepth }: Cuts): string {
  const id = visible(node.id);
  const [name, more] = [nodeName(node), byDepth.get(node.id)];
  const notes = [
    ...(node.nodeType === MISSING ? ['not in the graph'] : []),
    ...(node.isDeleted ? ['deleted'] : []),
    ...(more === undefined ? [] : [moreLabel(more)]),
  ];
  const noted = notes.length === 0 ? name : `${name} (${notes.join(', ')})`;
  return name === id ? noted : `${noted}  ${id}`;
}

/** How much is shown, how much is not, and which flags show it. */
function summaryOf(neighborhood: Neighborhood, { byLimit, byDepth }: Cuts): readonly string[] {
  const { nodes, edges, more, depth, limit } = neighborhood;
  const shown = `${countOf(nodes.length, 'node')} and ${countOf(edges.length, 'edge')} up to depth ${depth}.`;
  if (edges.length === 0 && more.length === 0) return [shown, NO_EDGES];
  const lines = [shown];
  if (byLimit.length > 0) {
    const way = limit < MOST_NODES ? '' : ', the most; ask for one of these nodes to see more';
    lines.push(`No room for ${sumLabel(byLimit)}: --limit is ${limit}${way}.`);
  }
  if (byDepth.size > 0) {
    const way = depth < LARGEST_DEPTH ? `--depth ${depth + 1} follows them` : 'ask for one of these nodes to see more';
    lines.push(`Further away: ${sumLabel([...byDepth.values()])}; ${way}.`);
  }
  return lines;
}
