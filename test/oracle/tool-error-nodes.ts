import type Database from 'better-sqlite3';
import { exactAverage } from './exact-average.ts';
import type { ExpectedNode } from './expected-node.ts';
import { inOrderOfIds } from './in-order-of-ids.ts';
import { Json, jsonObject } from './json-text.ts';
import { dotted, finishedName, oneLine } from './name-text.ts';
import { keyPart, nodeId } from './node-id.ts';
import { occurrences } from './occurrences.ts';
import { presentTexts } from './present-texts.ts';
import { type SourceCell, type SourceRow, sourceRows } from './source-rows.ts';

const COLUMNS = [
  'id',
  'session_id',
  'tool_name',
  'status',
  'error_type',
  'agent_name',
  'task_id',
  'execution_time_ms',
  'created_at',
] as const;

type ToolRow = SourceRow<(typeof COLUMNS)[number]>;

/** One node for each session, tool and type of error among the rows that failed. */
export function toolErrorNodes(db: Database.Database, errorStatuses: readonly string[]): readonly ExpectedNode[] {
  const groups = new Map<string, ToolRow[]>();
  for (const row of inOrderOfIds(sourceRows(db, 'tool_analytics', COLUMNS))) {
    if (row.status.text === null || !errorStatuses.includes(row.status.text)) continue;
    const key = [row.session_id, row.tool_name, row.error_type].map((cell) => keyPart(orUnknown(cell))).join(':');
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return Array.from(groups, ([key, rows]) => toolErrorNode(key, rows));
}

function orUnknown(cell: SourceCell): string {
  return cell.text ?? 'unknown';
}

function toolErrorNode(key: string, rows: readonly ToolRow[]): ExpectedNode {
  const [first] = rows;
  if (!first) throw new Error('a group has at least one row');
  const tool = orUnknown(first.tool_name);
  const type = orUnknown(first.error_type);
  const { first: firstDate, last: lastDate } = occurrences(presentTexts(rows.map((row) => row.created_at)));
  const times = rows.flatMap(({ execution_time_ms: { number } }) => (number === null ? [] : [number]));
  const average = exactAverage(times);
  const name = `[ToolError] ${oneLine(tool) ?? 'unknown'} (${oneLine(type) ?? 'unknown'}) x${rows.length}`;
  return {
    id: nodeId(`err:${key}`),
    node_type: 'audit_event',
    subtype: 'tool_error',
    name: finishedName(dotted(name, 80)),
    properties: jsonObject([
      ['session_id', orUnknown(first.session_id)],
      ['tool_name', tool],
      ['error_type', type],
      ['error_count', new Json(String(rows.length))],
      ['first_occurrence', firstDate],
      ['last_occurrence', lastDate],
      ['avg_execution_ms', average === undefined ? null : new Json(average)],
      ['agents', firstTen(rows.map((row) => row.agent_name))],
      ['task_ids', firstTen(rows.map((row) => row.task_id))],
    ]),
    source_table: 'tool_analytics',
    source_id: key,
  };
}

function firstTen(cells: readonly SourceCell[]): readonly string[] | undefined {
  const distinct = [...new Set(presentTexts(cells))];
  return distinct.length === 0 ? undefined : distinct.slice(0, 10);
}
