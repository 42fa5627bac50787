import type { ExpectedNode } from '../oracle/expected-node.ts';
import { readNodes } from '../support/read-graph.ts';

/** The nodes of a graph with the columns that extraction decides, for comparing with those of the oracle. */
export function graphContent(path: string): readonly ExpectedNode[] {
  return readNodes(path).map(({ id, node_type, subtype, name, properties, source_table, source_id }) => ({
    id,
    node_type,
    subtype,
    name,
    properties,
    source_table,
    source_id,
  }));
}
