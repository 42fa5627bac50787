import type { Database } from 'better-sqlite3';
import { edgeJson, nodeJson } from '../model/change.ts';
import type { EdgeTable } from './edge-table.ts';
import { prepareStoredEdges } from './stored-edges.ts';
import { prepareStoredNodes } from './stored-nodes.ts';
import type { NodeTable } from './target-schema.ts';

/** Prepares reading what the record of an id, a node or an edge, says now, as JSON; undefined where there is none. */
export function prepareRecordTexts(
  db: Database,
  { nodes, edges }: { readonly nodes: NodeTable; readonly edges: EdgeTable | undefined },
): (id: string) => string | undefined {
  const stored = prepareStoredNodes(db, nodes);
  const joined = edges && prepareStoredEdges(db, edges);
  return (id) => {
    const node = stored.find(id);
    if (node !== undefined) return nodeJson(node);
    const edge = joined?.find(id);
    return edge && edgeJson(edge);
  };
}
