import type { Neighborhood } from '../model/neighborhood.ts';
import { countOf } from './grouped.ts';
import { layOut } from './layered-layout.ts';
import { lineWays } from './line-ways.ts';
import { colorsOf } from './node-colors.ts';
import { cutsOf, nodeName, typeLabel } from './node-label.ts';
import { cardSize, drawCard, moreCard, nodeCard } from './svg-card.ts';
import { drawLabel, drawWay, labelSize } from './svg-edge.ts';
import { drawLegend } from './svg-legend.ts';
import { svgStyle } from './svg-style.ts';
import { textWidth } from './text-width.ts';
import { round, xmlText } from './xml-text.ts';

const MARGIN = 24;
const HEADING = 48;
const NARROWEST = 360;

const ARROW_HEAD =
  '<defs><marker id="tip" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" orient="auto" ' +
  'markerUnits="userSpaceOnUse"><path class="tip" d="M0 0.5 8 4 0 7.5z"/></marker></defs>';

/** A neighbourhood as a picture that stands alone: no script, nothing loaded, for light and dark. */
export function renderSvg({ root, depth, nodes, edges, more }: Neighborhood): string {
  const numbers = new Map(nodes.map(({ id }, index) => [id, index]));
  const numberOf = (id: string) => numbers.get(id) ?? 0;
  const colors = colorsOf(nodes);
  const classes = new Map([...colors.keys()].map((type, index) => [type, `t${index}`]));
  const { byLimit, byDepth } = cutsOf(more);
  const cards = [
    ...nodes.map((node) => nodeCard(node, classes.get(node.nodeType) ?? '', node.id === root, byDepth.get(node.id))),
    ...byLimit.map(moreCard),
  ];
  const lines = [
    ...edges.map((edge) => ({
      from: numberOf(edge.fromNode),
      to: numberOf(edge.toNode),
      text: typeLabel(edge.edgeType),
    })),
    ...byLimit.map(({ node }, index) => ({ from: numberOf(node), to: nodes.length + index, text: '' })),
  ];
  const drawing = {
    boxes: cards.map(cardSize),
    lines: lines.map(({ from, to, text }) => ({ from, to, label: labelSize(text) })),
  };
  const layout = layOut(drawing);
  const drawn = lineWays(layout, drawing);
  const ways = drawn.map((line, index) => drawWay(line, lines[index]?.text ?? ''));
  const labels = drawn.map((line, index) => drawLabel(line, lines[index]?.text ?? ''));
  const drawnCards = cards.map((card, index) => drawCard(card, layout.boxes[index] ?? { x: 0, y: 0 }));
  const title = nodes[0] === undefined ? '' : nodeName(nodes[0]);
  const facts = `${countOf(nodes.length, 'node')}, ${countOf(edges.length, 'edge')}, depth ${depth}`;
  const inner = Math.max(layout.width, textWidth(title, 17), NARROWEST);
  const legend = drawLegend(classes, inner);
  const below = HEADING + layout.height;
  const [width, height] = [Math.ceil(inner + 2 * MARGIN), Math.ceil(below + legend.height + 2 * MARGIN)];
  const at = (x: number, y: number, parts: readonly string[]) =>
    `<g transform="translate(${round(MARGIN + x)} ${round(MARGIN + y)})">\n${parts.join('\n')}\n</g>`;
  const size = `width="${width}" height="${height}"`;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${xmlText(title)}: ${facts}</title>`,
    `<style>\n${svgStyle([...colors.values()])}\n</style>`,
    ARROW_HEAD,
    `<rect class="paper" ${size} rx="10"/>`,
    at(0, 0, [`<text class="heading" y="14">${xmlText(title)}</text>`, `<text class="small" y="31">${facts}</text>`]),
    at((inner - layout.width) / 2, HEADING, [...ways, ...labels, ...drawnCards]),
    at(0, below, legend.parts),
    '</svg>',
  ].join('\n')}\n`;
}
