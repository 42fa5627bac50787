import Database from 'better-sqlite3';

/** What is known of a failed task: how many events with errors were for it, and how many rows these have. */
export interface TaskTrouble {
  readonly id: string;
  readonly events: number;
  readonly errors: number;
}

interface Rows {
  readonly nodes: readonly { readonly id: string; readonly subtype: string; readonly properties: string }[];
  readonly edges: readonly { readonly from_node: string; readonly to_node: string }[];
}

const isGood = (outcome: unknown) => outcome === 'success' || outcome === 'completed';

/** Counted from the nodes and edges of a graph alone, one by one: failed tasks, and how many of them each session has. */
export function taskTrouble(path: string): {
  readonly tasks: readonly TaskTrouble[];
  readonly sessions: ReadonlyMap<string, number>;
} {
  const { nodes, edges } = readAll(path);
  const events = nodes.map(({ id, subtype, properties }) => ({ id, subtype, said: JSON.parse(properties) }));
  const errors = events.filter(({ subtype }) => subtype === 'tool_error');
  const failed = events.filter(({ subtype, said }) => subtype === 'task_completion' && !isGood(said.outcome));
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
