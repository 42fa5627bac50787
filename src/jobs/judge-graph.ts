import type { GraphHealth, HealthFinding } from '../model/health.ts';

/** What is to be said of the tables of a graph. */
export function judgeGraph(health: GraphHealth): readonly HealthFinding[] {
  return [...tables(health), ...indexes(health)];
}

function tables({ problems, hasNodes, hasEdges, record }: GraphHealth): readonly HealthFinding[] {
  const check = 'target-tables';
  if (problems.length > 0) return problems.map(({ what, todo }) => ({ check, status: 'error', what, todo }));
  if (record === 'unknown') {
    const what = 'the audit_ tables are of a version that this program does not know';
    return [{ check, status: 'error', what, todo: 'use the program that wrote them, or a newer one' }];
  }
  if (!hasNodes && record === 'known') {
    const what = 'kg_nodes is gone, and the audit_ tables are there';
    return [{ check, status: 'error', what, todo: 'restore a backup' }];
  }
  if (record === 'none') {
    const what = hasNodes ? 'a graph that no run has written yet' : 'no graph yet';
    return [{ check, status: 'advice', what, todo: 'audit-extract run makes what is missing' }];
  }
  const what = hasEdges ? 'nodes, edges and our record are there' : 'nodes and our record are there, no edges yet';
  return [{ check, status: 'ok', what, todo: null }];
}

function indexes({ missingIndexes, hasNodes }: GraphHealth): readonly HealthFinding[] {
  const check = 'target-indexes';
  if (!hasNodes) return [];
  if (missingIndexes.length === 0)
    return [{ check, status: 'ok', what: 'all that questions use are there', todo: null }];
  return missingIndexes.map(({ table, column }) => ({
    check,
    status: 'advice',
    what: `${table} has no index for ${column}, so questions read all of it`,
    todo: 'have the owner of the table make one; this program leaves tables that are there as they are',
  }));
}
