import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readToolRates } from '../../src/jobs/tool-rates.ts';
import { builtinLinkers } from '../../src/linkers/index.ts';
import type { ErrorFilter } from '../../src/model/statistics.ts';
import { openGraph } from '../../src/sqlite/questions/open-graph.ts';
import { callCounts } from '../oracle/call-counts.ts';
import { taskTrouble } from '../oracle/task-trouble.ts';
import { runJob } from '../support/run-job.ts';
import { numberedFiles } from './numbered-files.ts';
import { propertyRuns } from './property-runs.ts';
import { errorStatuses, sourceCase } from './source-cases.ts';
import { writeSource } from './write-source.ts';

const ALL = 100_000;
const NO_FILTER: ErrorFilter = { tool: undefined, errorType: undefined, since: undefined, until: undefined };
const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);

/** The failed tasks of a graph, by ids. */
async function idsOf(path: string): Promise<readonly string[]> {
  const graph = openGraph(path);
  try {
    const reader = await graph.statistics();
    const { rows } = await reader.failedTasks(NO_FILTER, ALL);
    return rows.map(({ id }) => id).toSorted();
  } finally {
    await graph.close();
  }
}

it('failed tasks, and the errors around them, are those that nodes and edges tell one by one', async () => {
  const nextFiles = numberedFiles();
  await fc.assert(
    fc.asyncProperty(sourceCase, async (anySource) => {
      const { source, target } = nextFiles();
      writeSource(source, anySource);
      const bare = target('bare');
      await runJob({ source, target: bare });
      await runJob({ source, target: target(), edges: { linkers: builtinLinkers } });
      const graph = openGraph(target());
      try {
        const reader = await graph.statistics();
        const expected = taskTrouble(target());
        const hasEdges = await reader.hasTaskEdges();
        const tasks = await reader.failedTasks(NO_FILTER, ALL);
        const found = tasks.rows.map(({ id, around }) => {
          expect(around === null).toBe(!hasEdges);
          return { id, events: around?.events ?? 0, errors: around?.errors ?? 0 };
        });
        expect(found.toSorted(byId)).toEqual(expected.tasks.toSorted(byId));
        const withoutEdges = await idsOf(bare);
        expect(withoutEdges).toEqual(expected.tasks.map(({ id }) => id).toSorted());
        const sessions = await reader.sessions(NO_FILTER, ALL);
        for (const { session, errors, failedTasks } of sessions.rows) {
          if (errors > 0 && hasEdges) expect([session, failedTasks]).toEqual([session, expected.sessions.get(session)]);
        }
      } finally {
        await graph.close();
      }
    }),
    propertyRuns(60),
  );
});

it('rates count every call of a source', async () => {
  const nextFiles = numberedFiles();
  await fc.assert(
    fc.asyncProperty(sourceCase, errorStatuses, async (anySource, statuses) => {
      const { source } = nextFiles();
      writeSource(source, anySource);
      fc.pre(anySource.tables.tool_analytics !== undefined);
      const section = await readToolRates(
        {
          ...{
            source,
            errorStatuses: statuses,
            redaction: 'off',
            waitMs: undefined,
            mostCalls: Number.POSITIVE_INFINITY,
          },
          signal: new AbortController().signal,
        },
        ALL,
      );
      if (section?.section !== 'rate') throw new Error('no rates');
      const rates = section.list.rows.map(({ tool, calls, errors }) => [tool, [calls, errors]] as const);
      expect(Object.fromEntries(rates)).toEqual(callCounts(source, statuses));
    }),
    propertyRuns(60),
  );
});
