import { zipOf } from '../exchange/zip-of.ts';
import type { ExportedGraph } from '../model/exchange.ts';
import { exchangeCsv } from './exchange-csv.ts';
import type { ExportFormat } from './export-formats.ts';
import { exportText } from './export-text.ts';
import { inBlocks } from './in-blocks.ts';

/** An export in a format, part by part as it is written: a zip as bytes, all else as text. */
export function exportParts(graph: ExportedGraph, format: ExportFormat): AsyncIterable<Uint8Array> | Iterable<string> {
  if (format !== 'csv') return inBlocks(exportText(graph, format));
  const { tables, rows } = graph;
  const files = tables.map(({ table, columns }) => ({
    name: `${table}.csv`,
    parts: () => inBlocks(exchangeCsv(columns, rows(table))),
  }));
  return zipOf(files);
}
