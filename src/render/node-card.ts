import type { FoundChanges } from '../model/change.ts';
import type { NodeTimes } from '../model/graph.ts';
import { type CardEdge, MOST_EDGES, type NodeCard, type SomeEdges } from '../model/node-card.ts';
import { MISSING } from '../model/node-end.ts';
import { ellipsize } from '../model/text.ts';
import type { Answer, AnswerRow } from './answer.ts';
import { EmbeddedJson } from './embedded-json.ts';
import { grouped } from './grouped.ts';
import { changeRow } from './history.ts';
import { isSaidById } from './is-said-by-id.ts';
import { parseMembers } from './json-members.ts';
import { drawLines, type Line } from './lines.ts';
import { NODE_COLUMN_NAMES, nodeRow } from './node-row.ts';

/** Of an id, a name or properties in the line of an edge. */
const LONGEST_PART = 600;

/** What `audit-extract show` answers. */
export function nodeCardAnswer(card: NodeCard): Answer {
  const { node, history, isRecorded } = card;
  const row = nodeRow(node);
  const times = { created_at: history.createdAt, updated_at: history.updatedAt, deleted_at: history.deletedAt };
  const deleted = history.deletedAt !== null;
  const document = {
    schema: 'audit-extract/show@1',
    node: row,
    deleted,
    recorded: isRecorded,
    edges: { out: someEdges(card.out), in: someEdges(card.in) },
    history: times,
    changes: (card.changes?.changes ?? []).map(changeRow),
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

function edgeRow({ id, edgeType, fromNode, toNode, properties, other }: CardEdge): AnswerRow {
  return {
    id,
    edge_type: edgeType,
    from_node: fromNode,
    to_node: toNode,
    properties: EmbeddedJson.ofProperties(properties),
    other: { id: other.id, name: other.name, in_graph: other.nodeType !== MISSING, deleted: other.isDeleted },
  };
}

function total({ edges, more }: SomeEdges): number {
  return edges.length + more;
}

function linesOf({ node, out, in: inward, history, isRecorded, changes }: NodeCard): readonly Line[] {
  const { deletedAt } = history;
  return [
    node.name ?? '',
    ['id', node.id ?? ''],
    ['type', [node.nodeType, node.subtype].filter(Boolean).join(', ')],
    ...(node.sourceTable ? [['from', `${node.sourceTable}, ${node.sourceId ?? ''}`] as const] : []),
    ...(deletedAt === null ? [] : [['deleted', deletedAt] as const]),
    'Properties',
    ...propertyLines(node.properties),
    `Edges from it: ${grouped(total(out))}`,
    ...edgeLines(out, '->'),
    `Edges to it: ${grouped(total(inward))}`,
    ...edgeLines(inward, '<-'),
    'History',
    ...historyLines(history, isRecorded),
    ...changeLines(changes),
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

function edgeLines({ edges, more }: SomeEdges, arrow: string): readonly Line[] {
  const lines = edges.map((edge): Line => [`${edge.edgeType} ${arrow}`, endOf(edge), 1]);
  if (more === 0) return lines;
  return [...lines, `  and ${grouped(more)} more${wayToMore(edges.length, more)}`];
}

/** The other end of an edge, and what the edge says of itself. */
function endOf({ other: { id, nodeType, label, isDeleted }, properties }: CardEdge): string {
  const name = label !== null && !isSaidById(label, id) ? cut(label) : undefined;
  const state = nodeType === MISSING ? '(not in the graph)' : isDeleted ? '(deleted)' : undefined;
  const says = properties === '{}' ? null : properties;
  return [cut(id), name, state, cut(says ?? '')].filter(Boolean).join('  ');
}

function cut(text: string): string {
  return ellipsize(text, LONGEST_PART);
}

/** The flag that shows them; none shows more than so many. */
function wayToMore(shown: number, more: number): string {
  if (shown >= MOST_EDGES) return '';
  if (shown + more <= MOST_EDGES) return `: --edges ${shown + more} shows them`;
  return `: --edges ${MOST_EDGES} shows the first ${grouped(MOST_EDGES)}`;
}

function changeLines(found: FoundChanges | undefined): readonly Line[] {
  if (found === undefined || found.changes.length === 0) return [];
  const lines = found.changes.map(
    ({ timestamp, operation, actor }): Line => [operation, `${timestamp} by ${actor}`, 1],
  );
  return [...lines, ...(found.more ? ['  and more: audit-extract history --record ID shows them'] : [])];
}

function historyLines({ createdAt, updatedAt }: NodeTimes, isRecorded: boolean | null): readonly Line[] {
  const lines: Line[] = [];
  if (createdAt !== null) lines.push(['written', createdAt, 1]);
  if (updatedAt !== null) lines.push(['changed', updatedAt, 1]);
  if (isRecorded === false) lines.push('  audit-extract has no record of having written this node.');
  return lines.length > 0 ? lines : ['  When it was written is not known.'];
}
