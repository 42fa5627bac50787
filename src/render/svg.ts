import type { Neighborhood } from '../model/neighborhood.ts';
import { type Arrangement, arrangePicture } from './arrange-picture.ts';
import { countOf } from './grouped.ts';
import { colorsOf } from './node-colors.ts';
import { cutsOf, nodeName, typeLabel } from './node-label.ts';
import { type Card, cardSize, drawCard, moreCard, nodeCard } from './svg-card.ts';
import { drawFrame, drawLabel, drawWay } from './svg-edge.ts';
import { drawLegend } from './svg-legend.ts';
import { ARROW_HEAD, svgStyle } from './svg-style.ts';
import { textWidth } from './text-width.ts';
import { trimNeighborhood } from './trim-neighborhood.ts';
import { round, xmlText } from './xml-text.ts';

const MARGIN = 24;
const HEADING = 48;
const NARROWEST = 360;

/** The largest drawing that can be looked at. */
const HIGHEST = 7000;
const WIDEST = 12_000;

/** A neighbourhood as a picture that stands alone: no script, nothing loaded, for light and dark. */
export function renderSvg(neighborhood: Neighborhood): string {
  const colors = colorsOf(neighborhood.nodes);
  const classes = new Map([...colors.keys()].map((type, index) => [type, `t${index}`]));
  const { shown, cards, layout } = fittingDrawing(neighborhood, classes);
  const { nodes, edges, depth } = neighborhood;
  const frames = layout.frames.map(drawFrame);
  const ways = layout.lines.map(({ way, text }) => drawWay(way, text));
  const labels = layout.lines.map(({ way, text }) => drawLabel(way, text));
  const drawnCards = cards.map((card, index) => drawCard(card, layout.boxes[index] ?? { x: 0, y: 0 }));
  const title = nodes[0] === undefined ? '' : nodeName(nodes[0]);
  const drawn = shown < nodes.length ? `; room for ${countOf(shown, 'node')}` : '';
  const facts = `${countOf(nodes.length, 'node')}, ${countOf(edges.length, 'edge')}, depth ${depth}${drawn}`;
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
    at((inner - layout.width) / 2, HEADING, [...frames, ...ways, ...labels, ...drawnCards]),
    at(0, below, legend.parts),
    '</svg>',
  ].join('\n')}\n`;
}

interface Fitting {
  readonly shown: number;
  readonly cards: readonly Card[];
  readonly layout: Arrangement;
}

/** The nearest nodes, as many as make a picture that is not too large. */
function fittingDrawing(neighborhood: Neighborhood, classes: ReadonlyMap<string, string>): Fitting {
  for (let count = neighborhood.nodes.length; ; ) {
    const drawing = drawingOf(trimNeighborhood(neighborhood, count), classes);
    const { width, height } = drawing.layout;
    const fits = Math.min(HIGHEST / height, WIDEST / width);
    if (fits >= 1 || count <= 1) return { shown: count, ...drawing };
    count = Math.max(1, Math.floor(count * Math.min(Math.max(fits, 0.6), 0.9)));
  }
}

function drawingOf({ root, nodes, edges, more }: Neighborhood, classes: ReadonlyMap<string, string>) {
  const numbers = new Map(nodes.map(({ id }, index) => [id, index]));
  const numberOf = (id: string) => numbers.get(id) ?? 0;
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
  return { cards, layout: arrangePicture(cards.map(cardSize), lines) };
}
