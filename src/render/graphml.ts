import type { ExportedGraph, ExportedTable } from '../model/exchange.ts';
import { fieldsOf } from './graph-fields.ts';
import { xmlText } from './xml-text.ts';

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
`;

/** A graph as GraphML: every column is an attribute, and a text. What XML may not hold is written as its code point. */
export function* graphml({ tables, rows }: ExportedGraph): Generator<string, void> {
  yield HEAD;
  const nodes = tables.find(({ table }) => table === 'kg_nodes');
  const edges = tables.find(({ table }) => table === 'kg_edges');
  const [nodeKeys, edgeKeys] = [keysOf('n', nodes), keysOf('e', edges, ['from_node', 'to_node'])];
  yield declarations('node', nodeKeys) + declarations('edge', edgeKeys);
  yield '  <graph edgedefault="directed">\n';
  if (nodes !== undefined) {
    for (const row of rows('kg_nodes')) {
      const fields = fieldsOf(row);
      yield `    <node id="${valueText(fields.get('id'))}">${dataOf(fields, nodeKeys)}</node>\n`;
    }
  }
  if (edges !== undefined) {
    for (const row of rows('kg_edges')) {
      const fields = fieldsOf(row);
      const attribute = (name: string) => valueText(fields.get(name));
      const ends = `source="${attribute('from_node')}" target="${attribute('to_node')}"`;
      yield `    <edge id="${attribute('id')}" ${ends}>${dataOf(fields, edgeKeys)}</edge>\n`;
    }
  }
  yield '  </graph>\n</graphml>\n';
}

/** Attributes by their columns; ids and ends have places of their own. */
function keysOf(
  prefix: string,
  table: ExportedTable | undefined,
  others: readonly string[] = [],
): ReadonlyMap<string, string> {
  const columns = (table?.columns ?? []).filter((column) => column !== 'id' && !others.includes(column));
  return new Map(columns.map((column, at) => [column, `${prefix}${at}`]));
}

function declarations(kind: 'node' | 'edge', keys: ReadonlyMap<string, string>): string {
  const lines = [...keys].map(
    ([column, key]) => `  <key id="${key}" for="${kind}" attr.name="${valueText(column)}" attr.type="string"/>\n`,
  );
  return lines.join('');
}

function dataOf(fields: ReadonlyMap<string, string>, keys: ReadonlyMap<string, string>): string {
  let data = '';
  for (const [column, key] of keys) {
    const text = fields.get(column);
    if (text !== undefined) data += `<data key="${key}">${valueText(text)}</data>`;
  }
  return data;
}

/** Two texts that differ are never written alike: one that looks as if it had been rewritten is rewritten, too. */
function valueText(text = ''): string {
  return xmlText(
    text.replaceAll('\\u{', '\\u{5c}u{').replace(/[\uFFFE\uFFFF]/g, (one) => `\\u{${one.charCodeAt(0).toString(16)}}`),
  );
}
