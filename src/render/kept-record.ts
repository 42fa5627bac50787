import type { KeptNode } from '../model/graph-store.ts';
import type { AnswerRow } from './answer.ts';
import { EmbeddedJson } from './embedded-json.ts';
import { visibleJson } from './visible.ts';
import { writeJson } from './write-json.ts';

/** A node with all that is kept of it, as a row. */
export function keptNodeRow(node: KeptNode): AnswerRow {
  return {
    id: node.id,
    node_type: node.nodeType,
    subtype: node.subtype,
    name: node.name,
    properties: EmbeddedJson.ofProperties(node.properties),
    source_table: node.sourceTable,
    source_id: node.sourceId,
    created_at: node.createdAt,
    updated_at: node.updatedAt,
    deleted_at: node.deletedAt,
  };
}

/** A row as JSON on one line, without characters that would not be seen. */
export function rowJson(row: AnswerRow): string {
  return visibleJson(writeJson(row, 'one-line'));
}
