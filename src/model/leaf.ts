import { hash } from 'node:crypto';
import { type GraphNode, NODE_FIELDS, type StoredNode } from './node.ts';

/** The fields of a node that a graph keeps as they are given; the others count as absent. */
export type KeptFields = readonly (keyof GraphNode)[];

const FIELDS = Object.values(NODE_FIELDS);

/**
 * What a node says, as 44 characters: the SHA-256 of its fields, each with its length before it, so that no two nodes
 * give the same text. Times of writing are left out.
 */
export function leafOf(node: StoredNode, kept: KeptFields): string {
  let text = '';
  for (const field of FIELDS) {
    const value = kept.includes(field) ? node[field] : undefined;
    text += value === undefined || value === null ? '-' : `${value.length}:${value}`;
  }
  return hash('sha256', text, 'base64');
}
