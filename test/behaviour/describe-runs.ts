import { describe, expect, it } from 'vitest';
import { builtinExtractors } from '../../src/extractors/index.ts';
import type { NodeRecord } from '../../src/model/node.ts';
import { expectedNodes } from '../oracle/expected-nodes.ts';
import { event, failure, failures, orchard, partOf, task } from '../support/growing-orchard.ts';
import { runJobWithChanges } from '../support/run-job.ts';
import { type GraphPlace, readContent, readGraph } from './graph-place.ts';

const ROWS = {
  tool_analytics: [
    ...failures(30, (i) => ({
      session_id: `s${i % 7}`,
      tool_name: `tool ${i % 3}`,
      agent_name: `a${i % 4}`,
      task_id: 'A.1',
    })),
    failure({ session_id: 'ü:%', tool_name: 'a:b', error_type: null, created_at: null }),
    failure({ status: 'success' }),
  ],
  system_events: [event('first'), event('second\u0007 line'), { subtype: 'compact_boundary', compact_trigger: 'auto' }],
  task_tracking: [task('A.1'), task('B.2', { outcome: 'failed', task_description: 'Prune' })],
};

/** What runs do, wherever the graph is kept. */
export function describeRuns(place: GraphPlace): void {
  const grown = async (rows: Parameters<typeof orchard>[0] = ROWS) => {
    const target = await place.newTarget();
    const scene = orchard(rows);
    return { ...scene, target, run: (options = {}) => scene.run({ target, ...options }) };
  };

  describe('a run', () => {
    it('makes the nodes that the oracle makes, whatever the size of a batch', async () => {
      for (const batchSize of [1, 7, 1000]) {
        const { run, source, target } = await grown();
        const report = await run({ batchSize });
        expect(report.error).toBeUndefined();
        const expected = expectedNodes(source, ['error']);
        const { nodes } = await readContent(target);
        expect(nodes.map(({ id, name, properties }) => ({ id, name, properties }))).toEqual(
          expected.map(({ id, name, properties }) => ({ id, name, properties })),
        );
        expect(report.totals).toMatchObject({ inserted: expected.length, updated: 0, unchanged: 0 });
      }
    });

    it('changes nothing where nothing is new', async () => {
      const { run, target } = await grown();
      await run({ clock: () => 0 });
      const before = await readGraph(target);
      const report = await run({ clock: () => 1000 });
      expect(report.totals).toMatchObject({ inserted: 0, updated: 0 });
      expect(await readGraph(target)).toEqual(before);
    });

    it('folds new rows in as if all had been read at once', async () => {
      const { run, append, source, target } = await grown();
      await run();
      append(
        'tool_analytics',
        ...failures(9, (i) => ({ session_id: `s${i}`, tool_name: 'tool 1', agent_name: `b${i}` })),
      );
      append('system_events', event('third'));
      const report = await run({ batchSize: 2 });
      expect(report.mode).toBe('incremental');
      expect(partOf(report, 'tool-errors')).toMatchObject({ read: 9 });
      const incremental = await readContent(target);
      expect(incremental.nodes).toHaveLength(expectedNodes(source, ['error']).length);
      expect((await run({ full: true })).totals).toMatchObject({ inserted: 0, updated: 0 });
      expect(await readContent(target)).toEqual(incremental);
    });

    it('says in a dry run what it would do, and does nothing', async () => {
      const { run, source, target } = await grown();
      const dry = await runJobWithChanges({ source, target, dryRun: true });
      expect(await readContent(target).catch(() => ({ nodes: [], edges: [] }))).toEqual({ nodes: [], edges: [] });
      const live = await runJobWithChanges({ source, target });
      expect(dry.changes).toEqual(live.changes);
      expect((await run({ dryRun: true })).totals).toMatchObject({ inserted: 0, updated: 0 });
    });

    it('makes a node anew that somebody has removed, with all that was counted', async () => {
      const { run, append, target } = await grown({ tool_analytics: failures(3) });
      await run();
      const before = await readContent(target);
      await place.removeNode(target, 'audit_event:err:s:Bash:timeout');
      append('tool_analytics', failure());
      await run();
      const [node] = (await readContent(target)).nodes;
      expect(JSON.parse(node?.properties ?? '')).toMatchObject({ error_count: 4 });
      expect(before.nodes).toHaveLength(1);
    });

    it('refuses another source, and says how two are kept in one graph', async () => {
      const { run } = await grown();
      await run();
      const other = orchard({ tool_analytics: failures(40, () => ({ session_id: 'elsewhere' })) });
      const report = await run({ source: other.source });
      expect(report.error ?? report.extractors.find(({ error }) => error)?.error).toMatchObject({
        code: 'source-changed',
      });
    });

    it('keeps what the source forgot, and marks it as deleted where that is wanted', async () => {
      const { run, change, target } = await grown({ task_tracking: [task('A.1'), task('B.2')] });
      const tasks = { extractors: builtinExtractors.filter(({ name }) => name === 'task-completions') };
      await run(tasks);
      change('DELETE FROM task_tracking WHERE id = 2');
      await run({ ...tasks, full: true, acceptSource: true });
      expect((await readContent(target)).nodes.map(({ deletedAt }) => deletedAt)).toEqual([null, null]);
    });
  });

  describe('a hook', () => {
    it('changes and vetoes what is written', async () => {
      const { run, target } = await grown({ task_tracking: [task('A.1'), task('B.2')] });
      await run({
        hooks: [
          {
            name: 'only A',
            beforeInsert: (node: NodeRecord) =>
              node.name.includes('B.2') ? 'veto' : { ...node, name: `${node.name}!` },
          },
        ],
      });
      expect((await readContent(target)).nodes.map(({ name }) => name)).toEqual(['[Task+] A.1:!']);
    });
  });
}
