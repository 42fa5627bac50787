import { describe, expect, it } from 'vitest';
import { askGraph } from '../../src/jobs/ask-graph.ts';
import { readTrail } from '../../src/jobs/read-trail.ts';
import { builtinLinkers } from '../../src/linkers/index.ts';
import type { NodeFilter, Sort } from '../../src/model/search.ts';
import { event, failures, orchard, task } from '../support/growing-orchard.ts';
import { type GraphPlace, readGraph } from './graph-place.ts';

const NEWEST: Sort = { field: 'time', isReversed: false };

/** What is answered, wherever the graph is kept. */
export function describeQuestions(place: GraphPlace): void {
  const asked = async () => {
    const target = await place.newTarget();
    const scene = orchard({
      tool_analytics: failures(24, (i) => ({
        session_id: `s${i % 6}`,
        tool_name: `tool ${i % 4}`,
        error_type: i % 2 === 0 ? 'timeout' : 'refused',
        agent_name: `a${i % 3}`,
        created_at: `2026-03-0${1 + (i % 6)}T08:00:00Z`,
      })),
      system_events: [event('prune the trees')],
      task_tracking: [task('A.1')],
    });
    await scene.run({ target, edges: { linkers: builtinLinkers } });
    const search = async (filter: Partial<NodeFilter>, sort = NEWEST, limit = 100) => {
      const whole = { filter: { nodeType: 'audit_event', ...filter }, sort, limit, offset: 0 };
      const found = await askGraph(target)((graph) => graph.searcher.search(whole, new AbortController().signal));
      return found.nodes.map(({ node }) => node.id);
    };
    return { ...scene, target, search };
  };

  describe('query', () => {
    it('finds events by what they are, and in order', async () => {
      const { search, target } = await asked();
      const { nodes } = await readGraph(target);
      const errors = nodes.filter(({ subtype }) => subtype === 'tool_error');
      expect(await search({})).toHaveLength(errors.length + 2);
      const ids = (test: (said: Record<string, string>) => boolean) =>
        errors.filter(({ properties }) => test(JSON.parse(properties))).map(({ id }) => id);
      const sorted = async (filter: Partial<NodeFilter>) => await search(filter, { field: 'id', isReversed: false });
      expect(await sorted({ tool: 'tool 2' })).toEqual(ids((said) => said['tool_name'] === 'tool 2'));
      expect(await sorted({ session: 's3', subtype: 'tool_error' })).toEqual(
        ids((said) => said['session_id'] === 's3'),
      );
      expect(await sorted({ errorType: 'refused' })).toEqual(ids((said) => said['error_type'] === 'refused'));
      expect(await sorted({ agent: 'a1' })).toEqual(ids((said) => String(said['agents']).includes('a1')));
      expect(await sorted({ since: Date.UTC(2026, 2, 5), subtype: 'tool_error' })).toEqual(
        ids((said) => (said['last_occurrence'] ?? '') >= '2026-03-05'),
      );
      expect(await search({ text: 'prune' })).toEqual(['audit_event:sys:1']);
      const newest = await search({ subtype: 'tool_error' }, NEWEST, 2);
      expect(newest.every((id) => id?.includes('s5'))).toBe(true);
    });

    it('finds entities by their type', async () => {
      const { search } = await asked();
      expect(await search({ nodeType: 'session' }, { field: 'id', isReversed: false })).toEqual(
        [0, 1, 2, 3, 4, 5].map((one) => `session:s${one}`),
      );
    });
  });

  describe('show, neighbors and trail', () => {
    it('tell of a node, its edges and its trail', async () => {
      const { target, search } = await asked();
      const [id = ''] = await search({ subtype: 'tool_error' });
      const [node, out, into, recorded] = await askGraph(target)(async ({ nodes, edges }) => [
        await nodes.find(id ?? ''),
        await edges.page(id ?? '', 'out', 10),
        await edges.page(id ?? '', 'in', 10),
        await nodes.isRecorded(id ?? ''),
      ]);
      expect(node).toMatchObject({ id, nodeType: 'audit_event', subtype: 'tool_error' });
      expect(out.map(({ edgeType }) => edgeType)).toEqual(['BY_AGENT', 'BY_TOOL', 'IN_SESSION']);
      expect(into.map(({ fromNode }) => fromNode)).toEqual(['audit_trail:main']);
      expect(recorded).toBe(true);
      const trail = await readTrail(askGraph(target), undefined);
      expect(trail).toMatchObject({ trail: 'audit_trail:main', events: (await search({})).length });
    });
  });

  describe('history', () => {
    it('tells of every node and edge that was made, the newest first', async () => {
      const { target, append, run } = await asked();
      const count = async () =>
        (await askGraph(target)((graph) => graph.changes?.find({ limit: 1000, offset: 0 })))?.changes ?? [];
      const { nodes, edges } = await readGraph(target);
      expect(await count()).toHaveLength(nodes.length + edges.length);
      append('tool_analytics', ...failures(1, () => ({ session_id: 's0', tool_name: 'tool 0' })));
      await run({ target });
      const [last] = await count();
      expect(last).toMatchObject({ operation: 'update', actor: expect.stringContaining('tool-errors@'), run: 2 });
    });
  });

  describe('stats', () => {
    it('count errors by tool, type and day', async () => {
      const { target } = await asked();
      const filter = { since: undefined, until: undefined, tool: undefined, errorType: undefined };
      const answer = await askGraph(target)(async (graph) => {
        const reader = await graph.statistics();
        return reader.atOnce(async () => [
          await reader.errorsBy('tool', filter, 10),
          await reader.errorsBy('day', filter, 10),
          await reader.sessions(filter, 2),
        ]);
      });
      expect(answer[0]).toEqual({
        rows: [0, 1, 2, 3].map((tool) => ({ name: `tool ${tool}`, errors: 6, events: expect.any(Number) })),
        more: false,
      });
      expect(answer[1]?.rows.map((row) => 'name' in row && row.name)).toEqual(
        [6, 5, 4, 3, 2, 1].map((day) => `2026-03-0${day}`),
      );
      expect(answer[2]).toMatchObject({
        rows: [
          { session: 's0', errors: 4 },
          { session: 's1', errors: 4 },
        ],
        more: true,
      });
    });
  });
}
