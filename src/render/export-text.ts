import type { ExportedGraph } from '../model/exchange.ts';
import { cypher } from './cypher.ts';
import { exchangeLine } from './exchange-ndjson.ts';
import type { ExportFormat } from './export-formats.ts';
import { graphMermaid } from './graph-mermaid.ts';
import { graphml } from './graphml.ts';
import { jsonLd } from './json-ld.ts';

/** A graph as text, part by part, in a format that is one. */
export function exportText(graph: ExportedGraph, format: Exclude<ExportFormat, 'csv'>): Iterable<string> {
  switch (format) {
    case 'ndjson':
      return ndjson(graph);
    case 'graphml':
      return graphml(graph);
    case 'jsonld':
      return jsonLd(graph);
    case 'cypher':
      return cypher(graph);
    case 'mermaid':
      return graphMermaid(graph);
  }
}

function* ndjson({ tables, rows }: ExportedGraph): Generator<string, void> {
  for (const { table } of tables) for (const row of rows(table)) yield exchangeLine(row);
}
