/**
 * Tools that took longer than ten seconds: one node a tool, whatever its session.
 *
 * @typedef {{ calls: number, slowestMs: number }} State
 * @type {import('audit-extract').Extractor<{ tool_name: 'text', execution_time_ms: 'number' }, State>}
 */
const slowTools = {
  name: 'slow-tools',
  version: 1,
  summary: 'tools that took longer than ten seconds',
  subtype: 'slow_tool',
  prefix: 'slow',
  table: 'tool_analytics',
  appended: true,
  columns: { tool_name: 'text', execution_time_ms: 'number' },
  where: () => ({ sql: 'execution_time_ms > 10000', parameters: [] }),

  *extract(rows) {
    for (const { tool_name, execution_time_ms } of rows) {
      if (tool_name === null) yield { skip: 'a slow call has no tool name' };
      else yield { key: [tool_name], state: { calls: 1, slowestMs: Number(execution_time_ms) } };
    }
  },

  fold: {
    merge: (a, b) => ({ calls: a.calls + b.calls, slowestMs: Math.max(a.slowestMs, b.slowestMs) }),
    finish: ({ calls, slowestMs }, [tool]) => ({
      name: `[SlowTool] ${tool} x${calls}`,
      properties: { tool_name: tool, calls, slowest_ms: slowestMs },
    }),
  },
};

export default slowTools;
