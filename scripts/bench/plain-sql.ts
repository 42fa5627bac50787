/** The least that any run from the start must do: look at every row and find those that failed. */
export const COUNT_ERRORS = `SELECT count(*) FROM tool_analytics WHERE status = 'error'`;

/**
 * What SQLite alone needs to make the same nodes in one go: a statement for each table, into a target that is there. It
 * reads and writes in transactions as long as itself, finds its target empty and leaves out what this bench's texts do not
 * need, such as line ends in names or an eleventh agent; so it is a mark to compare with and no way to do it.
 */
export function makeAllNodes(source: string): string {
  return `
    PRAGMA cache_size = -64000;
    ATTACH '${source.replaceAll("'", "''")}' AS source;
    BEGIN;
    ${INSERT_NODES} ${TOOL_ERRORS};
    ${INSERT_NODES} ${SESSION_BOUNDARIES};
    ${INSERT_NODES} ${TASK_COMPLETIONS};
    COMMIT`;
}

const INSERT_NODES = `INSERT INTO main.kg_nodes
  (id, node_type, subtype, name, properties, source_table, source_id, created_at, updated_at)`;
const NOW = `strftime('%Y-%m-%dT%H:%M:%fZ')`;

/** A member of a JSON object, left out when it is NULL. */
const text = (key: string, value: string): string => `iif(${value} IS NULL, '', ',"${key}":' || json_quote(${value}))`;
const raw = (key: string, value: string): string => `coalesce(',"${key}":' || ${value}, '')`;
const object = (members: readonly string[]): string => `'{' || substr(${members.join(' || ')}, 2) || '}'`;

const escaped = (part: string): string => `replace(replace(${part}, '%', '%25'), ':', '%3A')`;
const shortened = (value: string, max: number): string =>
  `iif(length(${value}) > ${max}, substr(${value}, 1, ${max - 3}) || '...', ${value})`;
const list = (column: string): string =>
  `nullif(json_group_array(DISTINCT ${column}) FILTER (WHERE ${column} IS NOT NULL), '[]')`;

const TOOL_ERRORS = `
  SELECT 'audit_event:err:' || source_id, 'audit_event', 'tool_error', ${shortened('label', 80)}, properties,
    'tool_analytics', source_id, ${NOW}, ${NOW}
  FROM (
    SELECT ${['session', 'tool', 'type'].map(escaped).join(` || ':' || `)} AS source_id,
      '[ToolError] ' || tool || ' (' || type || ') x' || count(*) AS label,
      ${object([
        text('session_id', 'session'),
        text('tool_name', 'tool'),
        text('error_type', 'type'),
        raw('error_count', 'count(*)'),
        text('first_occurrence', 'min(created_at)'),
        text('last_occurrence', 'max(created_at)'),
        raw('avg_execution_ms', `rtrim(rtrim(round(avg(execution_time_ms), 1), '0'), '.')`),
        raw('agents', list('agent_name')),
        raw('task_ids', list('task_id')),
      ])} AS properties
    FROM (
      SELECT coalesce(session_id, 'unknown') AS session, coalesce(tool_name, 'unknown') AS tool,
        coalesce(error_type, 'unknown') AS type, created_at, execution_time_ms, agent_name, task_id
      FROM source.tool_analytics WHERE status = 'error'
    ) GROUP BY session, tool, type
  )`;

const START = `substr(trim(content), 1, 50)`;
const SESSION_BOUNDARIES = `
  SELECT 'audit_event:sys:' || id, 'audit_event', 'session_boundary',
    CASE subtype WHEN 'compact_boundary' THEN '[Boundary] Compaction (' || coalesce(compact_trigger, 'unknown') || ')'
      WHEN 'local_command' THEN '[Command] ' || coalesce(nullif(${START}, ''), 'unknown')
      ELSE '[System] ' || coalesce(nullif(${START}, ''), subtype, 'unknown') END,
    ${object([
      raw('entry_id', 'entry_id'),
      text('event_subtype', `coalesce(subtype, 'unknown')`),
      text('level', 'level'),
      text('content', `nullif(substr(content, 1, 500), '')`),
      text('compact_trigger', 'compact_trigger'),
    ])},
    'system_events', CAST(id AS TEXT), ${NOW}, ${NOW}
  FROM source.system_events`;

const TASK_COMPLETIONS = `
  SELECT 'audit_event:task:' || id, 'audit_event', 'task_completion',
    substr('[Task' || iif(outcome IN ('success', 'completed'), '+', '-') || '] ' || coalesce(task_id, 'task-' || id) || ': '
      || ${shortened('trim(task_description)', 60)}, 1, 80),
    ${object([
      text('task_id', `coalesce(task_id, 'task-' || id)`),
      text('task_description', 'substr(task_description, 1, 200)'),
      text('source', 'source'),
      text('status', `coalesce(status, 'unknown')`),
      text('outcome', `coalesce(outcome, 'unknown')`),
      raw('tool_success_count', 'tool_success_count'),
      raw('tool_error_count', 'tool_error_count'),
      text('created_at', 'created_at'),
      text('updated_at', 'updated_at'),
    ])},
    'task_tracking', CAST(id AS TEXT), ${NOW}, ${NOW}
  FROM source.task_tracking`;
