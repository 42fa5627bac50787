import type { GraphEdge } from '../model/edge.ts';
import type { NodeCard, SomeEdges } from '../model/node-card.ts';
import type { Answer, AnswerRow } from './answer.ts';
import { EmbeddedJson } from './embedded-json.ts';
import { grouped } from './grouped.ts';
import { parseMembers } from './json-members.ts';
import { drawLines, type Line } from './lines.ts';
import { NODE_COLUMN_NAMES, nodeRow } from './node-row.ts';

/** What `audit-extract show` answers. */
export function nodeCardAnswer(card: NodeCard): Answer {
  const { node, history } = card;
  const row = nodeRow(node);
  const times = { created_at: history.createdAt, updated_at: history.updatedAt, deleted_at: history.deletedAt };
  const deleted = history.deletedAt !== null;
  const document = {
    schema: 'audit-extract/show@1',
    node: row,
    deleted,
    edges: { out: someEdges(card.out), in: someEdges(card.in) },
    history: times,
  };
  const counts = { edges_out: total(card.out), edges_in: total(card.in) };
  return {
    document,
    rows: [{ ...row, deleted, ...times, ...counts }],
    columns: [...NODE_COLUMN_NAMES, 'deleted', ...Object.keys(times), ...Object.keys(counts)],
    draw: ({ width }) => drawLines(linesOf(card), width),
  };
}

function someEdges({ edges, more }: SomeEdges): AnswerRow {
  return { edges: edges.map(edgeRow), more };
}

function edgeRow({ id, edgeType, fromNode, toNode, properties }: GraphEdge): AnswerRow {
  return {
    id,
    edge_type: edgeType,
    from_node: fromNode,
    to_node: toNode,
    properties: EmbeddedJson.ofProperties(properties),
  };
}

function total({ edges, more }: SomeEdges): number {
  return edges.length + more;
}

function linesOf({ node, out, in: inward, history }: NodeCard): readonly Line[] {
  const { createdAt, updatedAt, deletedAt } = history;
  return [
    node.name ?? '',
    ['id', node.id ?? ''],
    ['type', [node.nodeType, node.subtype].filter(Boolean).join(', ')],
    ...(node.sourceTable ? [['from', `${node.sourceTable}, ${node.sourceId ?? ''}`] as const] : []),
    ...(deletedAt === null ? [] : [['deleted', deletedAt] as const]),
    'Properties',
    ...propertyLines(node.properties),
    `Edges from it: ${grouped(total(out))}`,
    ...edgeLines(out, '->', ({ toNode }) => toNode),
    `Edges to it: ${grouped(total(inward))}`,
    ...edgeLines(inward, '<-', ({ fromNode }) => fromNode),
    'History',
    ['written', createdAt ?? '', 1],
    ['changed', updatedAt ?? '', 1],
  ];
}

function propertyLines(properties: string | null | undefined): readonly Line[] {
  const members = parseMembers(properties ?? '{}');
  if (members === undefined) return [['(no JSON object)', properties ?? '', 1]];
  return [...members].map(([name, json]) => [name, plain(json), 1]);
}

/** A text without the quotes and escapes of JSON. */
function plain(json: string): string {
  return json.startsWith('"') ? String(JSON.parse(json)) : json;
}

function edgeLines({ edges, more }: SomeEdges, arrow: string, end: (edge: GraphEdge) => string): readonly Line[] {
  const lines = edges.map((edge): Line => [`${edge.edgeType} ${arrow}`, end(edge), 1]);
  return more === 0 ? lines : [...lines, `  and ${grouped(more)} more`];
}
