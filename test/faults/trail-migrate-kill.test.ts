import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isIntact } from '../support/expect-clean-graph.ts';
import { type GraphShape, graphWith, readHoldings, readValue } from '../support/graph-rows.ts';
import { runCli, startCli } from '../support/run-cli.ts';

const EVENTS = 20_000;
const KILLS = 8;

/** A graph whose events all hang on one node. */
function hubGraph(shape: GraphShape): string {
  const ids = Array.from({ length: EVENTS }, (_, at) => `audit_event:${at}`);
  const nodes = [{ id: 'docs', type: 'CDocs' }, ...ids.map((id) => ({ id }))];
  const edges = ids.map((id) => ({ from: 'docs', to: id, properties: '{"created":"2020-01-02"}' }));
  return graphWith({ nodes, edges }, shape);
}

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
    const target = hubGraph(shape);
    const started = performance.now();
    await runCli(['trail', 'migrate', '--help']);
    const startup = performance.now() - started;
    let moved = 0;
    for (let kills = 0; kills < KILLS; kills++) {
      const isKilled = await killAfter(startup + 500 * Math.random(), target);
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

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends it between two batches, with a report and exit %i', async (signal, code) => {
  const target = hubGraph('ours');
  const child = startCli(['trail', 'migrate', '-t', target, '--json']);
  const parts: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (part: string) => void parts.push(part));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const moved = "SELECT count(*) FROM kg_edges WHERE from_node = 'audit_trail:main'";
  while (readValue(target, moved) === 0 && child.exitCode === null) await setTimeout(5);
  child.kill(signal);
  expect(await ended).toBe(code);
  const report = JSON.parse(parts.join(''));
  expect(report).toMatchObject({ success: false, error: { code: `interrupted-${signal.toLowerCase()}` } });
  expect(held(target)).toEqual({ events: EVENTS, edges: EVENTS, moved: report.events_migrated });
});
