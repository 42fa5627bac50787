import type Database from 'better-sqlite3';
import type { ExpectedNode } from './expected-node.ts';
import { jsonObject, numberOrText } from './json-text.ts';
import { finishedName, firstOf, oneLine } from './name-text.ts';
import { keyPart, nodeId } from './node-id.ts';
import { rowsWithOwnId } from './rows-with-own-id.ts';
import { type SourceRow, sourceRows } from './source-rows.ts';

const COLUMNS = ['id', 'entry_id', 'subtype', 'level', 'content', 'compact_trigger'] as const;

type EventRow = SourceRow<(typeof COLUMNS)[number]>;

/** One node for each row of system_events. */
export function sessionBoundaryNodes(db: Database.Database): readonly ExpectedNode[] {
  return rowsWithOwnId(sourceRows(db, 'system_events', COLUMNS)).map(({ id, row }) => sessionBoundaryNode(id, row));
}

function sessionBoundaryNode(id: string, row: EventRow): ExpectedNode {
  const subtype = row.subtype.text ?? 'unknown';
  return {
    id: nodeId(`sys:${keyPart(id)}`),
    node_type: 'audit_event',
    subtype: 'session_boundary',
    name: finishedName(boundaryName(subtype, row)),
    properties: jsonObject([
      ['entry_id', numberOrText(row.entry_id)],
      ['event_subtype', subtype],
      ['level', row.level.text],
      ['content', row.content.text ? firstOf(row.content.text, 500) : null],
      ['compact_trigger', row.compact_trigger.text],
    ]),
    source_table: 'system_events',
    source_id: id,
  };
}

function boundaryName(subtype: string, row: EventRow): string {
  const content = oneLine(row.content.text);
  if (subtype === 'compact_boundary')
    return `[Boundary] Compaction (${oneLine(row.compact_trigger.text) ?? 'unknown'})`;
  if (subtype === 'local_command') return `[Command] ${content === undefined ? 'unknown' : firstOf(content, 50)}`;
  return `[System] ${content === undefined ? (oneLine(subtype) ?? 'unknown') : firstOf(content, 50)}`;
}
