import { basename } from 'node:path';
import type { Schema, SchemaColumn, SchemaTable } from '../model/schema.ts';
import { ellipsize } from '../model/text.ts';
import { countOf, grouped } from './grouped.ts';
import type { Point, Size } from './layered-layout.ts';
import { layOutSchema } from './schema-layout.ts';
import { drawLabel, drawWay } from './svg-edge.ts';
import { ARROW_HEAD, svgStyle } from './svg-style.ts';
import { textWidth } from './text-width.ts';
import { visible } from './visible.ts';
import { round, xmlText } from './xml-text.ts';

const MARGIN = 24;
const HEADING = 48;
const HEAD = 30;
const ROW = 17;
const LONGEST_NAME = 40;

/** Of the graph, of what is kept beside it, and of what others have made. */
const COLORS = [
  { fill: '#ddf4ff', line: '#0969da' },
  { fill: '#dafbe1', line: '#1a7f37' },
  { fill: '#f6f8fa', line: '#57606a' },
];
const CLASSES: Readonly<Record<SchemaTable['kind'], string>> = { graph: 't0', record: 't1', other: 't2' };

/** The tables of a graph's file as a picture that stands alone: no script, nothing loaded, for light and dark. */
export function schemaSvg(schema: Schema): string {
  const { tables, path } = schema;
  const sizes = tables.map(tableSize);
  const layout = layOutSchema(schema, sizes);
  const title = visible(basename(path));
  const facts = `${countOf(tables.length, 'table')}; PK primary key, FK names a row of another table`;
  const inner = Math.max(layout.width, textWidth(title, 17), textWidth(facts, 11));
  const [width, height] = [Math.ceil(inner + 2 * MARGIN), Math.ceil(HEADING + layout.height + 2 * MARGIN)];
  const size = `width="${width}" height="${height}"`;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${xmlText(title)}: ${facts}</title>`,
    `<style>\n${svgStyle(COLORS)}\n.row{font-size:11px}\n.type{font-size:10px;fill:#57606a;text-anchor:end}\n@media (prefers-color-scheme:dark){.type{fill:#b1bac4}}\n</style>`,
    ARROW_HEAD,
    `<rect class="paper" ${size} rx="10"/>`,
    `<g transform="translate(${MARGIN} ${MARGIN})">`,
    `<text class="heading" y="14">${xmlText(title)}</text><text class="small" y="31">${facts}</text>`,
    `<g transform="translate(0 ${HEADING})">`,
    ...layout.lines.map(({ way, text }) => drawWay(way, text)),
    ...layout.lines.map(({ way, text }) => drawLabel(way, cut(text))),
    ...tables.map((table, index) => drawTableCard(table, layout.boxes[index] ?? { x: 0, y: 0 }, sizes[index])),
    '</g>',
    '</g>',
    '</svg>',
  ].join('\n')}\n`;
}

function tableSize(table: SchemaTable): Size {
  const rows = table.columns.map((column) => textWidth(cut(column.name), 11) + textWidth(typeOf(column), 10) + 40);
  const head = textWidth(cut(table.name), 12) + textWidth(rowsOf(table), 10) + 40;
  return { width: Math.ceil(Math.max(140, head, ...rows)), height: HEAD + table.columns.length * ROW + 8 };
}

function drawTableCard(table: SchemaTable, { x, y }: Point, { width, height }: Size = { width: 0, height: 0 }): string {
  const [left, top] = [x - width / 2, y - height / 2];
  const lineAt = (text: string, at: Point, classes: string) =>
    `<text class="${classes}" x="${round(at.x)}" y="${round(at.y)}">${xmlText(text)}</text>`;
  const rows = table.columns.flatMap((column, index) => {
    const base = top + HEAD + (index + 1) * ROW - 3;
    return [
      lineAt(cut(column.name), { x: left + 12, y: base }, 'row'),
      lineAt(typeOf(column), { x: left + width - 12, y: base }, 'type'),
    ];
  });
  const rule = `M${round(left)} ${round(top + HEAD)}h${round(width)}`;
  return [
    `<g><title>${xmlText(`${table.name} ${rowsOf(table)}`)}</title>`,
    `<rect class="box ${CLASSES[table.kind]}" x="${round(left)}" y="${round(top)}" width="${width}" height="${height}" rx="8"/>`,
    `<path class="frame" d="${rule}"/>`,
    lineAt(cut(table.name), { x: left + 12, y: top + 20 }, 'name'),
    lineAt(rowsOf(table), { x: left + width - 12, y: top + 20 }, 'type'),
    ...rows,
    '</g>',
  ].join('');
}

function typeOf({ type, isKey, references }: SchemaColumn): string {
  const marks = [...(isKey ? ['PK'] : []), ...(references === undefined ? [] : ['FK'])];
  return [cut(type), ...marks].filter(Boolean).join(' ');
}

const rowsOf = ({ rows }: SchemaTable): string =>
  rows === null ? '' : `${grouped(rows)} ${rows === 1 ? 'row' : 'rows'}`;

const cut = (text: string): string => ellipsize(visible(text), LONGEST_NAME);
