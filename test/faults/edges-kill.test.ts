import { describe, expect, it } from 'vitest';
import { appendRows, usualTables } from '../../fixtures/sessions-db.ts';
import { expectedEdges } from '../oracle/expected-edges.ts';
import { isIntact } from '../support/expect-clean-graph.ts';
import { preloading } from '../support/preload.ts';
import { readEdges } from '../support/read-edges.ts';
import { readContent } from '../support/read-graph.ts';
import { runCli } from '../support/run-cli.ts';
import { type Scene, tablesScene } from '../support/scene.ts';

/** Events enough for some batches, and some with more agents and tasks than their nodes name. */
function crowdedScene(): Scene {
  const calls = Array.from({ length: 120 }, (_, at) => ({
    session_id: `session ${at % 3}`,
    tool_name: `Tool ${at % 4}`,
    status: 'error',
    error_type: 'e',
    agent_name: `agent ${at}`,
    task_id: `task ${at % 40}`,
  }));
  const tasks = Array.from({ length: 10 }, (_, at) => ({ task_id: `task ${at}`, outcome: 'success' }));
  const events = Array.from({ length: 20 }, (_, at) => ({ subtype: 's', content: `event ${at}` }));
  return tablesScene(usualTables({ tool_analytics: calls, task_tracking: tasks, system_events: events }));
}

const late = (at: number) => ({
  session_id: 'session 1',
  tool_name: 'Tool 1',
  status: 'error',
  error_type: 'e',
  agent_name: `late ${at}`,
});

/** The graph is whole, and that of a run which nothing has interrupted. */
async function expectUninterrupted({ source, target, folder }: Scene): Promise<void> {
  expect(isIntact(target)).toBe(true);
  expect(readEdges(target)).toEqual(expectedEdges(source, ['error']));
  const alone = `${folder}/alone.db`;
  expect((await runCli(['run', '-s', source, '-t', alone, '--edges', '-q'])).code).toBe(0);
  const untimed = (path: string) =>
    readContent(path).map((node) => (node.node_type === 'audit_trail' ? { ...node, properties: '' } : node));
  expect(untimed(target)).toEqual(untimed(alone));
  expect(await runCli(['verify', '-s', source, '-t', target, '-q'])).toMatchObject({ code: 0, stderr: '' });
}

const killAt = (fault: string, at: number) => preloading('at-commit.mjs', { FAULT: fault, FAULT_AT: String(at) });

describe.for(['kill-before', 'kill-after'])('SIGKILL, %s the commit', (fault) => {
  it('of run --edges, each on a graph of its own: run again it is as if nothing had been', async () => {
    for (let at = 1; ; at++) {
      const scene = crowdedScene();
      const args = ['run', ...scene.paths, '--edges', '-q', '--batch-size', '10'];
      const { code } = await runCli(args, { env: killAt(fault, at) });
      if (code === 0) {
        expect(at).toBeGreaterThan(6);
        return;
      }
      expect(code).toBe(null);
      expect((await runCli(args)).code).toBe(0);
      await expectUninterrupted(scene);
    }
  });

  it('of run --edges, one after the other, while the source grows', async () => {
    const scene = crowdedScene();
    const args = ['run', ...scene.paths, '--edges', '-q', '--batch-size', '10'];
    for (let at = 1; ; at++) {
      const { code } = await runCli(args, { env: killAt(fault, at) });
      if (code === 0) break;
      if (at < 6) appendRows(scene.source, 'tool_analytics', [late(at)]);
    }
    await expectUninterrupted(scene);
  });

  it('of link, one after the other: what is linked is whole, and in the end all is', async () => {
    const scene = crowdedScene();
    expect((await runCli([...scene.paths, '-q'])).code).toBe(0);
    const args = ['link', ...scene.paths, '-q'];
    let made = 0;
    for (let at = 1; ; at++) {
      const { code } = await runCli(args, { env: killAt(fault, at) });
      expect(isIntact(scene.target)).toBe(true);
      const { edges } = readEdges(scene.target);
      expect(edges.length).toBeGreaterThanOrEqual(made);
      made = edges.length;
      if (code === 0) {
        expect(at).toBeGreaterThan(2);
        break;
      }
    }
    await expectUninterrupted(scene);
  });

  it('of link, then a run with edges alone: nothing is forgotten', async () => {
    for (let at = 1; ; at++) {
      const scene = crowdedScene();
      await runCli([...scene.paths, '-q']);
      const { code } = await runCli(['link', ...scene.paths, '-q'], { env: killAt(fault, at) });
      appendRows(scene.source, 'tool_analytics', [late(at)]);
      expect((await runCli(['run', ...scene.paths, '--edges', '-q'])).code).toBe(0);
      expect((await runCli(['link', ...scene.paths, '-q'])).code).toBe(0);
      await expectUninterrupted(scene);
      if (code === 0) return;
    }
  });
});
