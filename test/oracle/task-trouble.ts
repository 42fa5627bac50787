import Database from 'better-sqlite3';
import { instantOf } from './instant-of.ts';

/** What is known of a failed task: how many events with errors were for it, and how many rows these have. */
export interface TaskTrouble {
  readonly id: string;
  readonly events: number;
  readonly errors: number;
}

function millisecondsOf(text: unknown): number | undefined {
  const instant = typeof text === 'string' ? instantOf(text) : undefined;
  return instant && instant.seconds * 1000 + Number(instant.fraction.slice(0, 3).padEnd(3, '0'));
}

interface Said {
  readonly outcome: string;
  readonly status: string;
}

interface Rows {
  readonly nodes: readonly { readonly id: string; readonly subtype: string; readonly properties: string }[];
  readonly edges: readonly { readonly from_node: string; readonly to_node: string }[];
}

const OPEN = ['pending', 'in_progress', 'queued', 'running', 'paused', 'blocked', 'open'];

/** It has ended, it is known how, and that is not well. */
function isBad({ outcome, status }: Said): boolean {
  if (OPEN.includes(outcome) || OPEN.includes(status)) return false;
  const end = outcome === 'unknown' ? status : outcome;
  return end !== 'success' && end !== 'completed' && end !== 'unknown';
}

/** Counted from the nodes and edges of a graph alone, one by one: failed tasks, and how many of them each session has. */
export function taskTrouble(path: string): {
  readonly tasks: readonly TaskTrouble[];
  readonly sessions: ReadonlyMap<string, number>;
} {
  const { nodes, edges } = readAll(path);
  const events = nodes.map(({ id, subtype, properties }) => ({ id, subtype, said: JSON.parse(properties) }));
  const errors = events.filter(({ subtype }) => subtype === 'tool_error');
  const ends = events.filter(({ subtype }) => subtype === 'task_completion');
  const timeOf = ({ said }: (typeof ends)[number]) =>
    millisecondsOf(said.updated_at) ?? millisecondsOf(said.created_at) ?? Number.NEGATIVE_INFINITY;
  const isAfter = (a: (typeof ends)[number], b: (typeof ends)[number]) => {
    if (timeOf(a) !== timeOf(b)) return timeOf(a) > timeOf(b);
    if (isBad(a.said) !== isBad(b.said)) return isBad(a.said);
    return Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)) < 0;
  };
  const failed = ends.filter(
    (end) =>
      isBad(end.said) &&
      !ends.some((other) => other.said.task_id === end.said.task_id && other !== end && isAfter(other, end)),
  );
  const tasksOf = (id: string) => edges.filter((edge) => edge.from_node === id).map(({ to_node }) => to_node);
  const isForOneOf = (id: string, tasks: readonly string[]) => tasksOf(id).some((task) => tasks.includes(task));
  const sessions = new Map<string, number>();
  for (const session of new Set(errors.map(({ said }) => String(said.session_id)))) {
    const tasks = errors.filter(({ said }) => said.session_id === session).flatMap(({ id }) => tasksOf(id));
    sessions.set(session, failed.filter(({ id }) => isForOneOf(id, tasks)).length);
  }
  const tasks = failed.map(({ id }) => {
    const around = errors.filter((error) => isForOneOf(error.id, tasksOf(id)));
    return { id, events: around.length, errors: around.reduce((sum, { said }) => sum + said.error_count, 0) };
  });
  return { tasks, sessions };
}

function readAll(path: string): Rows {
  const db = new Database(path, { readonly: true });
  try {
    return {
      nodes: db
        .prepare<[], Rows['nodes'][number]>(
          "SELECT id, subtype, properties FROM kg_nodes WHERE node_type = 'audit_event'",
        )
        .all(),
      edges: db
        .prepare<[], Rows['edges'][number]>("SELECT from_node, to_node FROM kg_edges WHERE edge_type = 'FOR_TASK'")
        .all(),
    };
  } finally {
    db.close();
  }
}
