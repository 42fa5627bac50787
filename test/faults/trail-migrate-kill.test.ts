import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isIntact } from '../support/expect-clean-graph.ts';
import { graphWith, readHoldings } from '../support/graph-rows.ts';
import { runCli, startCli } from '../support/run-cli.ts';

const EVENTS = 20_000;
const KILLS = 8;

/** Starts a migration and kills it after a while; true when it was killed before it ended. */
async function killAfter(ms: number, target: string): Promise<boolean> {
  const child = startCli(['trail', 'migrate', '-t', target]);
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_, signal) => resolve(signal)));
  await setTimeout(ms);
  child.kill('SIGKILL');
  return (await ended) === 'SIGKILL';
}

/** The events that hang on anything, and on how many things all of them together. */
function held(target: string): { readonly events: number; readonly edges: number; readonly moved: number } {
  const holdings = readHoldings(target);
  const events = new Set(holdings.map((holding) => holding.split(' -> ')[1]));
  const moved = holdings.filter((holding) => holding.startsWith('audit_trail:main ')).length;
  return { events: events.size, edges: holdings.length, moved };
}

test.each(['ours', 'bare'] as const)(
  'after kills at any moment no event has lost its holder (%s tables)',
  async (shape) => {
    const ids = Array.from({ length: EVENTS }, (_, at) => `audit_event:${at}`);
    const nodes = [{ id: 'docs', type: 'CDocs' }, ...ids.map((id) => ({ id }))];
    const edges = ids.map((id) => ({ from: 'docs', to: id, properties: '{"created":"2020-01-02"}' }));
    const target = graphWith({ nodes, edges }, shape);
    const started = performance.now();
    await runCli(['trail', 'migrate', '--help']);
    const startup = performance.now() - started;
    let moved = 0;
    for (let kills = 0; kills < KILLS; kills++) {
      const isKilled = await killAfter(startup + 200 * Math.random(), target);
      expect(isIntact(target)).toBe(true);
      const now = held(target);
      expect(now).toMatchObject({ events: EVENTS, edges: EVENTS });
      expect(now.moved).toBeGreaterThanOrEqual(moved);
      moved = now.moved;
      if (!isKilled) break;
    }
    const last = await runCli(['trail', 'migrate', '-t', target, '--json']);
    expect(JSON.parse(last.stdout)).toMatchObject({ success: true, events_migrated: EVENTS - moved, in_place: moved });
    expect(held(target)).toEqual({ events: EVENTS, edges: EVENTS, moved: EVENTS });
  },
);
