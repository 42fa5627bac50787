import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrap } from '../../src/jobs/bootstrap.ts';
import { logUserAction } from '../../src/jobs/log-user-action.ts';
import { builtinLinkers } from '../../src/linkers/index.ts';
import type { ChangeRecord } from '../../src/model/change.ts';
import type { GraphStore } from '../../src/model/graph-store.ts';
import { readAll } from '../support/graph-rows.ts';
import { event, failure, type Orchard, orchard, task } from '../support/growing-orchard.ts';
import { linkJob } from '../support/link-job.ts';

/** What somebody does to a graph. */
type Deed =
  | { readonly do: 'append'; readonly session: string; readonly times: number }
  | { readonly do: 'run'; readonly edges: boolean; readonly full: boolean; readonly batchSize: number }
  | { readonly do: 'log'; readonly user: string }
  | { readonly do: 'link' }
  | { readonly do: 'delete' | 'restore' | 'rename'; readonly at: number };

const name = fc.constantFrom('a', 'b', 'c', 'ä%:', '');
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ do: fc.constant('append' as const), session: name, times: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    do: fc.constant('run' as const),
    edges: fc.boolean(),
    full: fc.boolean(),
    batchSize: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({ do: fc.constant('log' as const), user: name }),
  fc.record({ do: fc.constant('link' as const) }),
  fc.record({
    do: fc.constantFrom('delete' as const, 'restore' as const, 'rename' as const),
    at: fc.nat({ max: 30 }),
  }),
);

async function perform(scene: Orchard, given: Deed): Promise<void> {
  switch (given.do) {
    case 'append':
      for (let at = 0; at < given.times; at++) {
        scene.append('tool_analytics', failure({ session_id: given.session, agent_name: `agent ${at}` }));
      }
      scene.append('system_events', event(given.session));
      scene.append('task_tracking', task(given.session));
      return;
    case 'run': {
      const { edges, full, batchSize } = given;
      expect(
        await scene.run({ full, batchSize, edges: edges ? { linkers: builtinLinkers } : undefined }),
      ).not.toHaveProperty('error');
      return;
    }
    case 'log':
      await logUserAction(
        { actionType: 'LOGIN', ...(given.user !== '' && { user: { uid: given.user } }) },
        { target: scene.target },
      );
      return;
    case 'link':
      await linkJob({ target: scene.target });
      return;
    default:
      return edit(scene.target, given);
  }
}

async function edit(target: string, { do: action, at }: Extract<Deed, { readonly at: number }>): Promise<void> {
  const store = await bootstrap(target);
  try {
    const nodes = await store.nodes.list({ includeDeleted: true, limit: 1000 });
    const edges = await store.edges.list({ limit: 1000 });
    const [node, edge] = [nodes[at % Math.max(1, nodes.length)], edges[at]];
    if (action !== 'rename' && edge !== undefined && at % 3 === 0) await store.edges[action](edge.id);
    else if (node !== undefined && action === 'rename') await store.nodes.save({ ...node, name: `${node.name}!` });
    else if (node !== undefined && action !== 'rename') await store.nodes[action](node.id);
    const removed = (await store.history({ operation: 'delete', limit: 1 })).changes[0];
    if (action === 'restore' && removed !== undefined && at % 2 === 0)
      await store.edges.restore(removed.recordId).catch(() => undefined);
  } finally {
    await store.close();
  }
}

/** All changes, the oldest first, read in pages. */
async function allChanges(store: GraphStore, limit: number): Promise<readonly ChangeRecord[]> {
  const all: ChangeRecord[] = [];
  for (;;) {
    const { changes, more } = await store.history({ limit, offset: all.length });
    all.push(...changes);
    if (!more) return all.toReversed();
  }
}

/** What a graph says if the log is all that is known of it. */
function replay(changes: readonly ChangeRecord[]): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  for (const { operation, recordId, before, after } of changes) {
    expect([operation, recordId, records.get(recordId)]).toEqual([operation, recordId, before ?? undefined]);
    if (after === null) records.delete(recordId);
    else records.set(recordId, after);
  }
  return records;
}

const members = (row: Readonly<Record<string, string | null>>, deleted: string | null): string => {
  const texts = Object.entries(row).map(([column, value]) =>
    column === 'properties' && value !== null ? `"properties":${value}` : `"${column}":${JSON.stringify(value)}`,
  );
  return `{${[...texts, ...(deleted === null ? [] : [`"deleted_at":${JSON.stringify(deleted)}`])].join(',')}}`;
};

/** What it says. */
function recordsOf(target: string): ReadonlyMap<string, string> {
  const nodes = readAll<Record<string, string | null>>(
    target,
    'SELECT id, node_type, subtype, name, properties, source_table, source_id, deleted_at FROM kg_nodes',
  );
  const edges = readAll<Record<string, string | null>>(
    target,
    'SELECT id, edge_type, from_node, to_node, properties FROM kg_edges',
  );
  return new Map([
    ...nodes.map(({ deleted_at = null, ...row }) => [String(row['id']), members(row, deleted_at)] as const),
    ...edges.map((row) => [String(row['id']), members(row, null)] as const),
  ]);
}

describe('the log of changes', () => {
  it('tells all that was ever done: replayed, it gives the graph', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(deed, { minLength: 3, maxLength: 12 }),
        fc.integer({ min: 1, max: 60 }),
        async (deeds, limit) => {
          const scene = orchard({
            tool_analytics: [failure()],
            system_events: [event('x')],
            task_tracking: [task('t')],
          });
          await scene.run({ edges: { linkers: builtinLinkers }, batchSize: 2 });
          for (const one of deeds) await perform(scene, one);
          const store = await bootstrap(scene.target);
          const changes = await allChanges(store, limit);
          for (const { recordId } of changes.slice(0, 5)) {
            const { changes: own } = await store.history({ record: recordId, limit: 1000 });
            expect(own.toReversed()).toEqual(changes.filter((change) => change.recordId === recordId));
          }
          await store.close();
          expect(new Map([...replay(changes)].toSorted())).toEqual(new Map([...recordsOf(scene.target)].toSorted()));
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);
});
