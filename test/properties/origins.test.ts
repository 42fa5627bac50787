import fc from 'fast-check';
import { expect, it } from 'vitest';
import { builtinLinkers } from '../../src/linkers/index.ts';
import { openGraph } from '../../src/sqlite/questions/open-graph.ts';
import type { ExpectedNode } from '../oracle/expected-node.ts';
import { expectedNodes } from '../oracle/expected-nodes.ts';
import { keyPart, nodeId } from '../oracle/node-id.ts';
import { taskTrouble } from '../oracle/task-trouble.ts';
import { countedEntries, entryEvents, keptCounts } from '../support/read-counts.ts';
import { runJob } from '../support/run-job.ts';
import { verifyJob } from '../support/verify-job.ts';
import { graphContent } from './graph-content.ts';
import { numberedFiles } from './numbered-files.ts';
import { propertyRuns } from './property-runs.ts';
import { sourceCase } from './source-cases.ts';
import { writeSource } from './write-source.ts';

const ALL = 100_000;
const FILTER = { tool: undefined, errorType: undefined, since: undefined, until: undefined };
const PREFIXES: Readonly<Record<string, string>> = {
  tool_error: 'err',
  session_boundary: 'sys',
  task_completion: 'task',
};
const SUBTYPES = Object.fromEntries(Object.entries(PREFIXES).map(([subtype, prefix]) => [prefix, subtype]));
/** One of them begins as another one does, and one is the graph's own. */
const ORIGINS = ['lap', 'lap.1', undefined] as const;

/** A node as it stands among those of other sources: all is the same but for the id. */
function ofOrigin(node: ExpectedNode, origin: string | undefined): ExpectedNode {
  const parts = node.subtype === 'tool_error' ? node.source_id : keyPart(node.source_id);
  const key = `${PREFIXES[node.subtype]}:${parts}`;
  return { ...node, id: nodeId(origin === undefined ? key : `@${origin}:${key}`) };
}

const byId = (a: { readonly id: string }, b: { readonly id: string }) =>
  Buffer.compare(Buffer.from(a.id), Buffer.from(b.id));

it('a graph of several sources holds what each of them gives alone, under ids with its origin, and counts all', async () => {
  const nextFiles = numberedFiles();
  const cases = fc.tuple(sourceCase, sourceCase, sourceCase);
  await fc.assert(
    fc.asyncProperty(cases, async (sources) => {
      const target = nextFiles().target();
      const machines = sources.map((source, at) => {
        const path = nextFiles().source;
        writeSource(path, source);
        return { source: path, origin: ORIGINS[at] };
      });
      // Sources that are small may be the same by chance.
      const edges = { linkers: builtinLinkers };
      for (const machine of machines) await runJob({ ...machine, target, edges, acceptSource: true });
      const expected = machines.flatMap(({ source, origin }) =>
        expectedNodes(source, ['error']).map((node) => ofOrigin(node, origin)),
      );
      const events = graphContent(target).filter(({ node_type }) => node_type === 'audit_event');
      expect(events).toEqual(expected.toSorted(byId));

      expect(keptCounts(target, Object.keys(PREFIXES))).toEqual(countedEntries(target, SUBTYPES));
      const graph = openGraph(target);
      try {
        const reader = await graph.statistics();
        const errors = entryEvents(target, SUBTYPES).filter(({ subtype }) => subtype === 'tool_error');
        const rows = errors.flatMap((event) => event.rows).reduce((sum, [, count]) => sum + count, 0);
        const years = { ...FILTER, since: Date.parse('1900-01-01'), until: Date.parse('2199-12-31') };
        const dated = errors.flatMap((event) => event.rows).filter(([day]) => day >= '1900' && day < '2200');
        const sum = (counts: readonly { readonly errors: number }[]) =>
          counts.reduce((all, one) => all + one.errors, 0);
        expect(sum((await reader.errorsBy('tool', FILTER, ALL)).rows)).toBe(rows);
        expect(sum((await reader.errorsBy('tool', years, ALL)).rows)).toBe(
          dated.reduce((all, [, count]) => all + count, 0),
        );
        const trouble = taskTrouble(target);
        const found = (await reader.failedTasks(FILTER, ALL)).rows;
        expect(
          found.map(({ id, around }) => ({ id, events: around?.events ?? 0, errors: around?.errors ?? 0 })),
        ).toEqual(expect.arrayContaining([...trouble.tasks]));
        expect(found).toHaveLength(trouble.tasks.length);
        for (const { session, errors: some, failedTasks } of (await reader.sessions(FILTER, ALL)).rows) {
          if (some > 0 && failedTasks !== null)
            expect([session, failedTasks]).toEqual([session, trouble.sessions.get(session)]);
        }
      } finally {
        await graph.close();
      }

      for (const machine of machines) {
        const again = await runJob({ ...machine, target, edges });
        expect(again.error).toBeUndefined();
        expect(again.totals).toMatchObject({ inserted: 0, updated: 0 });
        const { agrees, findings } = await verifyJob({ ...machine, target });
        expect({ agrees, findings }).toEqual({ agrees: true, findings: [] });
      }
    }),
    propertyRuns(25),
  );
});
