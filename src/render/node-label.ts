import type { MoreEdges, Neighbor } from '../model/neighborhood.ts';
import { ellipsize, firstCodePoints, oneLine } from '../model/text.ts';
import { countOf, grouped } from './grouped.ts';
import { visible } from './visible.ts';

const LONGEST_NAME = 48;
const LONGEST_TYPE = 32;
const LONGEST_TIP = 600;

/** What a node is called in a picture or a tree, in one line: its label, or its id where it has none. */
export function nodeName({ id, label }: Neighbor): string {
  return brief(label, LONGEST_NAME) ?? brief(id, LONGEST_NAME) ?? '(no name)';
}

/**
 * What a node is: its subtype says more than its type, which the subtype belongs to; then what is to be noted of it.
 * `more` are its edges that lead further away than was looked.
 */
export function nodeKind({ nodeType, subtype, isDeleted }: Neighbor, more: MoreEdges | undefined): string {
  const notes = [...(isDeleted ? ['deleted'] : []), ...(more === undefined ? [] : [moreLabel(more)])];
  return [brief(subtype, LONGEST_TYPE) ?? typeLabel(nodeType), ...notes].join(', ');
}

/** What a neighbourhood leaves out: nodes that have no room, by what they hang on, and what its outermost nodes lead to. */
export interface Cuts {
  readonly byLimit: readonly MoreEdges[];
  readonly byDepth: ReadonlyMap<string, MoreEdges>;
}

/** What is left out has a place of its own where it would have had room, and else is a note on a node. */
export function cutsOf(more: readonly MoreEdges[]): Cuts {
  const byDepth = more.filter(({ cutBy }) => cutBy === 'depth');
  return {
    byLimit: more.filter(({ cutBy }) => cutBy === 'limit'),
    byDepth: new Map(byDepth.map((cut) => [cut.node, cut])),
  };
}

/** All that is known of a node, for who points at it. */
export function nodeTip({ id, label, nodeType, subtype }: Neighbor): string {
  const parts = [label, subtype === null ? nodeType : `${nodeType} ${subtype}`, id].filter((part) => part !== null);
  return visible(parts.map((part) => ellipsize(part, LONGEST_TIP)).join(' | '));
}

/** What a type of nodes or edges is called. */
export function typeLabel(type: string): string {
  return brief(type, LONGEST_TYPE) ?? '(no type)';
}

/** How many more edges there are. */
export function moreLabel({ edges, atLeast }: Pick<MoreEdges, 'edges' | 'atLeast'>): string {
  return `and ${atLeast ? 'at least ' : ''}${grouped(edges)} more`;
}

/** How many more edges some nodes have. */
export function sumLabel(more: readonly MoreEdges[]): string {
  const edges = more.reduce((sum, cut) => sum + cut.edges, 0);
  const atLeast = more.some((cut) => cut.atLeast) ? 'at least ' : '';
  return `${atLeast}${grouped(edges)} more ${edges === 1 ? 'edge' : 'edges'} of ${countOf(more.length, 'node')}`;
}

/** One line, cut, and harmless to show. What is far too long is cut before anything is done with it. */
function brief(text: string | null, length: number): string | undefined {
  const line = oneLine(firstCodePoints(text ?? '', length * 10));
  return line === undefined ? undefined : ellipsize(visible(line), length);
}
