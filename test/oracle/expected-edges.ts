import Database from 'better-sqlite3';
import { expectedNodes } from './expected-nodes.ts';
import { keyPart, nodeId } from './node-id.ts';
import { presentTexts } from './present-texts.ts';
import { sourceRows } from './source-rows.ts';

const COLUMNS = ['session_id', 'tool_name', 'status', 'error_type', 'agent_name', 'task_id'] as const;

/** The ids of every edge that a source without `entries` gives, and of every entity, in order. */
export function expectedEdges(
  sourcePath: string,
  statuses: readonly string[],
): { readonly edges: readonly string[]; readonly entities: readonly string[] } {
  const edges = new Set<string>();
  const entities = new Set<string>();
  const link = (type: string, from: string, to: string) => edges.add(`${type}:${keyPart(from)}->${keyPart(to)}`);
  const about = (type: string, event: string, entity: string, value: string) => {
    const id = nodeId(keyPart(value), entity);
    entities.add(id);
    link(type, event, id);
  };
  for (const { id, subtype, properties } of expectedNodes(sourcePath, statuses)) {
    entities.add('audit_trail:main');
    link('HAS_EVENT', 'audit_trail:main', id);
    const { session_id, tool_name, task_id } = JSON.parse(properties);
    if (subtype === 'task_completion') about('FOR_TASK', id, 'task', task_id);
    if (subtype !== 'tool_error') continue;
    about('IN_SESSION', id, 'session', session_id);
    about('BY_TOOL', id, 'tool', tool_name);
  }
  const db = new Database(sourcePath, { readonly: true });
  for (const row of sourceRows(db, 'tool_analytics', COLUMNS)) {
    if (row.status.text === null || !statuses.includes(row.status.text)) continue;
    const parts = [row.session_id, row.tool_name, row.error_type].map(({ text }) => keyPart(text ?? 'unknown'));
    const event = nodeId(`err:${parts.join(':')}`);
    for (const agent of presentTexts([row.agent_name])) about('BY_AGENT', event, 'agent', agent);
    for (const task of presentTexts([row.task_id])) about('FOR_TASK', event, 'task', task);
  }
  db.close();
  return { edges: [...edges].sort(), entities: [...entities].sort() };
}
