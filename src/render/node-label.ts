import type { MoreEdges, Neighbor } from '../model/neighborhood.ts';
import { ellipsize, firstCodePoints, oneLine } from '../model/text.ts';
import { grouped } from './grouped.ts';
import { visible } from './visible.ts';

const LONGEST_NAME = 48;
const LONGEST_TYPE = 32;
const LONGEST_TIP = 600;

/** What a node is called in a picture or a tree, in one line: its name, or its id where it has none. */
export function nodeName({ id, name }: Neighbor): string {
  return brief(name, LONGEST_NAME) ?? brief(id, LONGEST_NAME) ?? '(no name)';
}

/** What a node is: its subtype says more than its type, which the subtype belongs to. */
export function nodeKind({ nodeType, subtype }: Neighbor): string {
  return brief(subtype, LONGEST_TYPE) ?? typeLabel(nodeType);
}

/** All that is known of a node, for who points at it. */
export function nodeTip({ id, name, nodeType, subtype }: Neighbor): string {
  const parts = [name, subtype === null ? nodeType : `${nodeType} ${subtype}`, id].filter((part) => part !== null);
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

/** One line, cut, and harmless to show. What is far too long is cut before anything is done with it. */
function brief(text: string | null, length: number): string | undefined {
  const line = oneLine(firstCodePoints(text ?? '', length * 10));
  return line === undefined ? undefined : ellipsize(visible(line), length);
}
