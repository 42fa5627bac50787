import { describe, expect, it } from 'vitest';
import { builtinLinkers } from '../../src/linkers/index.ts';
import { expectedEdges } from '../oracle/expected-edges.ts';
import { event, failures, orchard, task } from '../support/growing-orchard.ts';
import { linkJob } from '../support/link-job.ts';
import { type GraphPlace, readContent } from './graph-place.ts';

const edges = { linkers: builtinLinkers };
const ROWS = {
  tool_analytics: failures(40, (i) => ({
    session_id: `s${i % 5}`,
    tool_name: `tool ${i % 3}`,
    agent_name: `a${i % 13}`,
    task_id: `T.${i % 12}`,
  })),
  system_events: [event('first')],
  task_tracking: [task('T.1')],
};

/** What linkers do, wherever the graph is kept. */
export function describeEdges(place: GraphPlace): void {
  describe('edges', () => {
    it('are those of the oracle, made with the nodes or after them, and none twice', async () => {
      const contents = [];
      for (const isLater of [false, true]) {
        const target = await place.newTarget();
        const { run, source } = orchard(ROWS);
        const report = await run({ target, batchSize: 3, ...(isLater ? {} : { edges }) });
        expect(report.error).toBeUndefined();
        const linked = await linkJob({ target, source });
        const expected = expectedEdges(source, ['error']);
        const found = (await readContent(target)).edges.map(({ id }) => id);
        expect(found).toEqual(expected.edges.toSorted(byBytes));
        if (isLater) expect(linked.edges).toMatchObject({ inserted: expected.edges.length });
        expect(await linkJob({ target, source })).toMatchObject({ edges: { inserted: 0 } });
        contents.push(withoutTimes(await readContent(target)));
      }
      expect(contents[0]).toEqual(contents[1]);
    });

    it('are foreseen by a dry run', async () => {
      const target = await place.newTarget();
      const { run } = orchard({ tool_analytics: failures(6, (i) => ({ session_id: `s${i}` })) });
      const dry = await run({ target, edges, dryRun: true });
      expect((await run({ target, edges })).edges).toEqual(dry.edges);
    });
  });
}

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** When a trail and its edges were made stands in what they say. */
function withoutTimes(content: Awaited<ReturnType<typeof readContent>>): unknown {
  const plain = (properties: string | null) => properties?.replaceAll(/"created":"[^"]*"/g, '"created":""');
  const strip = <Kept extends { readonly properties: string | null }>(kept: Kept) => ({
    ...kept,
    properties: plain(kept.properties),
  });
  return { nodes: content.nodes.map(strip), edges: content.edges.map(strip) };
}
