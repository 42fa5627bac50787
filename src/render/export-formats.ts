/** The formats that a graph can be exported in, and what a file of each is called. */
export const EXPORT_FILES = {
  csv: 'graph.csv.zip',
  ndjson: 'graph.ndjson',
  graphml: 'graph.graphml',
  jsonld: 'graph.jsonld',
  cypher: 'graph.cypher',
  mermaid: 'graph.mmd',
} as const;
export type ExportFormat = keyof typeof EXPORT_FILES;
export const EXPORT_FORMATS: readonly ExportFormat[] = ['csv', 'ndjson', 'graphml', 'jsonld', 'cypher', 'mermaid'];
