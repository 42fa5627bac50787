import { type Found, type FoundNode, LARGEST_OFFSET, type NodeFilter, type Search } from '../model/search.ts';
import type { Answer, AnswerRow } from './answer.ts';
import { drawTable } from './answer-table.ts';
import { isoMoment, shortMoment } from './moment.ts';
import { NODE_COLUMN_NAMES, nodeRow } from './node-row.ts';

/** What `audit-extract query` answers. */
export function foundAnswer(search: Search, { nodes, more, warnings }: Found): Answer {
  const isAsked = search.filter.includeDeleted === true;
  const rows = nodes.map((found) => (isAsked ? { ...rowOf(found), deleted: found.isDeleted } : rowOf(found)));
  return {
    document: { schema: 'audit-extract/query@1', filter: filterRow(search), nodes: rows, more },
    rows,
    columns: [...NODE_COLUMN_NAMES, 'first', 'last', ...(isAsked ? ['deleted'] : [])],
    warnings,
    draw: async ({ width }) => {
      if (nodes.length === 0) return search.offset === 0 ? 'No node is like that.\n' : 'No more nodes.\n';
      const table = await drawTable(['time', 'subtype', 'name', 'id'], nodes.map(cellsOf), width);
      const next = search.offset + nodes.length;
      if (!more) return table;
      const flags = next > LARGEST_OFFSET ? '--since and --until show' : `--offset ${next} shows`;
      return `${table}There are more: ${flags} them.\n`;
    },
  };
}

function rowOf({ node, first, last }: FoundNode): AnswerRow {
  return { ...nodeRow(node), first: isoMoment(first), last: isoMoment(last) };
}

function cellsOf({ node, last, isDeleted }: FoundNode): readonly string[] {
  const name = `${isDeleted ? '(deleted) ' : ''}${node.name ?? ''}`;
  return [shortMoment(last), node.subtype ?? node.nodeType ?? '', name, node.id ?? ''];
}

function filterRow({ filter, sort, limit, offset }: Search): AnswerRow {
  const { subtype, session, tool, agent, task, user, text }: NodeFilter = filter;
  return {
    node_type: filter.nodeType,
    subtype,
    session,
    tool,
    agent,
    task,
    error_type: filter.errorType,
    user,
    text,
    since: filter.since === undefined ? undefined : isoMoment(filter.since),
    until: filter.until === undefined ? undefined : isoMoment(filter.until),
    deleted: filter.includeDeleted,
    sort: `${sort.isReversed ? '-' : ''}${sort.field}`,
    limit,
    offset,
  };
}
