import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { csvCells } from '../support/csv-cells.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { extracted } from '../support/extracted.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { changeGraph, type GraphShape, graphWith, readAll } from '../support/graph-rows.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene } from '../support/scene.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ERROR = 'audit_event:err:a11ce000-0001-4000-8000-000000000001:Bash:exit_code_1';

async function graph() {
  const scene = await extracted(orchardScene(), '--edges');
  const json = async (...words: readonly string[]) =>
    JSON.parse((await runCli([...words, '-t', scene.target, '--json'])).stdout);
  return { ...scene, json };
}

describe('delete and undelete', () => {
  it('take a node out of queries, counts and pictures, and bring it back', async () => {
    const { target, json } = await graph();
    const asked = async () => ({
      query: (await json('query', '--tool', 'Bash')).nodes.length,
      stats: (await json('stats')).kinds.find(({ subtype }: { subtype: string }) => subtype === 'tool_error').events,
      trail: (await json('trail')).events,
    });
    const before = await asked();
    expect((await runCli(['delete', ERROR, '-t', target])).stdout).toBe('Done: 1 deleted.\n');
    expect(await asked()).toEqual({ query: before.query - 1, stats: before.stats - 1, trail: before.trail - 1 });
    expect((await runCli(['stats', '-t', target])).stderr).not.toMatch(/recorded|deleted/);
    expect(await json('show', ERROR)).toMatchObject({ deleted: true });
    expect((await runCli(['delete', ERROR, '-t', target])).stdout).toBe('Done: 0 deleted, 1 deleted before.\n');
    expect((await runCli(['delete', ERROR, '-t', target, '--quiet'])).stdout).toBe('');
    expect((await runCli(['undelete', ERROR, '-t', target])).stdout).toBe('Done: 1 brought back.\n');
    expect(await asked()).toEqual(before);
    expect((await runCli(['stats', '-t', target])).stderr).not.toMatch(/deleted/);
  });

  it('leave it to query --deleted to find what is deleted', async () => {
    const { target, json } = await graph();
    await json('delete', ERROR);
    const all = await json('query', '--tool', 'Bash', '--deleted');
    expect(all.filter).toMatchObject({ deleted: true });
    expect(all.nodes.filter(({ deleted }: { deleted: boolean }) => deleted)).toEqual([
      expect.objectContaining({ id: ERROR, deleted: true }),
    ]);
    expect((await json('query')).nodes[0]).not.toHaveProperty('deleted');
    for (const flags of [
      ['--session', 'a11ce000-0001-4000-8000-000000000001'],
      ['--text', 'Bash'],
      ['--sort', 'name'],
    ]) {
      const { nodes } = await json('query', ...flags, '--deleted');
      expect(nodes.map(({ id }: { id: string }) => id)).toContain(ERROR);
    }
    expect((await runCli(['query', '--deleted', '-t', target])).stdout).toContain('(deleted) [ToolError] Bash');
  });

  it('remove an edge, and bring it back as it was', async () => {
    const { target, json } = await graph();
    const [edge] = readAll<{ id: string; properties: string }>(
      target,
      "SELECT id, properties FROM kg_edges WHERE edge_type = 'HAS_EVENT' LIMIT 1",
    );
    const id = edge?.id ?? '';
    expect(await json('delete', id)).toEqual({
      ...{ schema: 'audit-extract/delete@1', dry_run: false, target: { path: target } },
      ...{ changed: [id], unchanged: [] },
    });
    expect(readAll(target, `SELECT id FROM kg_edges WHERE id = '${id}'`)).toEqual([]);
    expect(await json('undelete', id)).toMatchObject({ schema: 'audit-extract/undelete@1', changed: [id] });
    expect(readAll(target, `SELECT id, properties FROM kg_edges WHERE id = '${id}'`)).toEqual([edge]);
    expect(await json('undelete', id)).toMatchObject({ changed: [], unchanged: [id] });
  });

  it('do all that they are told, or nothing', async () => {
    const { target, json } = await graph();
    await expectFailure(['delete', ERROR, 'nobody', '-t', target], { code: 2, error: 'node-not-found' });
    await expectFailure(['undelete', ERROR, 'nobody', '-t', target], { code: 2, error: 'node-not-found' });
    expect(await json('show', ERROR)).toMatchObject({ deleted: false });
    expect(await json('delete', ERROR, ERROR, 'tool:Bash')).toMatchObject({ changed: [ERROR, 'tool:Bash'] });
    const rows = csvCells((await runCli(['undelete', ERROR, 'tool:Read', '-t', target, '--format', 'csv'])).stdout);
    expect(rows).toEqual([
      ['id', 'outcome'],
      [ERROR, 'changed'],
      ['tool:Read', 'unchanged'],
    ]);
  });

  it('say in a dry run what they would do, and write nothing', async () => {
    const { target, json } = await graph();
    const before = stateOfFolder(dirname(target));
    expect(await json('delete', ERROR, '--dry-run')).toMatchObject({ dry_run: true, changed: [ERROR] });
    expect(await json('undelete', ERROR, '--dry-run')).toMatchObject({ dry_run: true, unchanged: [ERROR] });
    await expectFailure(['delete', 'nobody', '-t', target, '--dry-run'], { code: 2, error: 'node-not-found' });
    expect(stateOfFolder(dirname(target))).toEqual(before);
    const hook = join(tempFolder(), 'hook.js');
    writeFileSync(hook, "export default { name: 'keeps-all', beforeDelete: () => 'veto' };");
    for (const flags of [['--dry-run'], []]) {
      expect(await json('delete', ERROR, '--hook', hook, ...flags)).toMatchObject({ changed: [], unchanged: [ERROR] });
    }
    const [edge] = readAll<{ id: string; from_node: string }>(target, 'SELECT id, from_node FROM kg_edges LIMIT 1');
    const { id = '', from_node: end = '' } = edge ?? {};
    await json('delete', id);
    changeGraph(target, `DELETE FROM kg_edges; DELETE FROM kg_nodes WHERE id = '${end}'`);
    for (const flags of [['--dry-run'], []]) {
      const failure = { code: 2, error: 'record-invalid', says: /which is not there/ } as const;
      await expectFailure(['undelete', id, '-t', target, ...flags], failure);
    }
  });

  it.each(['ours', 'indexed', 'bare', 'odd'] as const)(
    'work on a graph of others that is %s',
    async (shape: GraphShape) => {
      const target = graphWith(
        {
          nodes: [
            { id: 'a', type: 'note' },
            { id: 'b', type: 'note' },
          ],
        },
        shape,
      );
      const found = async () => {
        const { stdout } = await runCli(['query', '--type', 'note', '-t', target, '--json']);
        return JSON.parse(stdout).nodes.map(({ id }: { id: string }) => id);
      };
      expect((await runCli(['delete', 'a', '-t', target])).code).toBe(0);
      expect(await found()).toEqual(['b']);
      const { stdout } = await runCli(['query', '--type', 'note', '--deleted', '-t', target, '--json']);
      expect(JSON.parse(stdout).nodes).toMatchObject([
        { id: 'a', deleted: true },
        { id: 'b', deleted: false },
      ]);
      expect(JSON.parse((await runCli(['show', 'a', '-t', target, '--json'])).stdout)).toMatchObject({ deleted: true });
      expect((await runCli(['undelete', 'a', '-t', target])).code).toBe(0);
      expect(await found()).toEqual(['a', 'b']);
    },
  );

  it('refuse a graph that is not there, and one that does not let them', async () => {
    const { target } = orchardScene();
    await expectFailure(['delete', 'a', '-t', target], { code: 2, error: 'target-not-found' });
    const guarded = graphWith({ nodes: [{ id: 'a', type: 'note' }] });
    changeGraph(
      guarded,
      "CREATE TRIGGER no BEFORE UPDATE ON kg_nodes WHEN OLD.id = 'a' BEGIN SELECT RAISE(ABORT, 'no'); END",
    );
    await expectFailure(['delete', 'a', '-t', guarded], { code: 4, error: 'target-refuses-writes' });
    await expectFailure(['delete', '-t', guarded], { code: 2, error: 'usage' });
  });
});
