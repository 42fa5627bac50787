import { NODE_FIELDS, type StoredNode } from '../model/node.ts';
import type { AnswerRow } from './answer.ts';
import { EmbeddedJson } from './embedded-json.ts';

/** The names of a node's columns, in the order they are printed. */
export const NODE_COLUMN_NAMES: readonly string[] = Object.keys(NODE_FIELDS);

/** A node as a row of an answer, its properties an object. */
export function nodeRow(node: StoredNode): AnswerRow {
  return Object.fromEntries(
    Object.entries(NODE_FIELDS).map(([name, field]) => [
      name,
      field === 'properties' ? EmbeddedJson.ofProperties(node[field]) : (node[field] ?? null),
    ]),
  );
}
