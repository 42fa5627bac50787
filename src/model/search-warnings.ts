/** Where there are no edges that agents and tasks could be found by. */
export const NO_EDGES_TO_NAMES =
  'the graph has no edges to agents or tasks, so only the few names that nodes show were looked at; audit-extract link makes the edges';

/** What is to be said of nodes that tell no time where one is asked for. */
export function warnOfUndated(nodes: number, isAtMost = false): readonly string[] {
  if (nodes === 0) return [];
  const count = isAtMost ? `up to ${nodes}` : nodes;
  return [`${count} more would be found if they said when they were; --since and --until leave them out`];
}
