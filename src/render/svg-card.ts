import type { MoreEdges, Neighbor } from '../model/neighborhood.ts';
import type { Point, Size } from './layered-layout.ts';
import { moreLabel, nodeKind, nodeName, nodeTip } from './node-label.ts';
import { textWidth } from './text-width.ts';
import { round, xmlText } from './xml-text.ts';

/** A box of a picture. */
export interface Card {
  readonly name: string;
  /** What it is, under its name; empty where there is nothing to say. */
  readonly kind: string;
  /** What is told when it is pointed at. */
  readonly tip: string;
  /** The classes of the whole, and of its box. */
  readonly whole: string;
  readonly box: string;
}

const HEIGHT = 38;

/** The card of a node. */
export function nodeCard(node: Neighbor, box: string, isRoot: boolean, more: MoreEdges | undefined): Card {
  const whole = ['node', ...(isRoot ? ['root'] : []), ...(node.isDeleted ? ['deleted'] : [])].join(' ');
  return { name: nodeName(node), kind: nodeKind(node, more), tip: nodeTip(node), whole, box };
}

/** The card that stands for the edges that are not shown. */
export function moreCard(more: MoreEdges): Card {
  return { name: moreLabel(more), kind: '', tip: `${moreLabel(more)} edges`, whole: 'node more', box: '' };
}

/** How large a card is drawn. */
export function cardSize({ name, kind }: Card): Size {
  const width = Math.max(textWidth(name, 12), textWidth(kind, 10), 40) + 24;
  return { width: Math.ceil(width), height: kind === '' ? HEIGHT - 12 : HEIGHT };
}

/** Draws a card around a point. */
export function drawCard(card: Card, { x, y }: Point): string {
  const { width, height } = cardSize(card);
  const corner = `x="${round(x - width / 2)}" y="${round(y - height / 2)}"`;
  const lineAt = (text: string, dy: number, classes = '') =>
    text === '' ? '' : `<text${classes} x="${round(x)}" y="${round(y + dy)}">${xmlText(text)}</text>`;
  return [
    `<g class="${card.whole}"><title>${xmlText(card.tip)}</title>`,
    `<rect class="box ${card.box}" ${corner} width="${width}" height="${height}" rx="8"/>`,
    lineAt(card.name, card.kind === '' ? 4 : -2),
    lineAt(card.kind, 12, ' class="small"'),
    '</g>',
  ].join('');
}
