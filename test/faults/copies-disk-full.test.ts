import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isIntact } from '../support/expect-clean-graph.ts';
import { linesOf } from '../support/expect-failure.ts';
import { changeGraph, graphWith, readValue } from '../support/graph-rows.ts';
import { heavyGraph } from '../support/pair-writer.ts';
import { runCli } from '../support/run-cli.ts';
import { runShell } from '../support/run-shell.ts';
import { canMount, runOnDisk } from '../support/small-disk.ts';

describe('a backup that its disk has no room for', () => {
  test.skipIf(!canMount()).for([500, 1500, 3900])('%i KiB: a clear error, and nothing is left', async (kib) => {
    const target = heavyGraph('wal', 4);
    const result = await runOnDisk(dirname(target), kib, `"$NODE" "$BIN" backup b.db -t ${target} --json`);
    expect(result.code).toBe(1);
    expect(JSON.parse(result.stdout).error).toMatchObject({
      code: 'backup-full',
      message: expect.stringContaining('b.db'),
    });
    expect(linesOf('hint', result.stderr)).toHaveLength(1);
    expect(readdirSync(join(dirname(target), 'left'))).toEqual([]);
  });

  test('a file that may grow to 1 MiB alone: the same', async () => {
    const target = heavyGraph('wal', 4);
    const before = readdirSync(dirname(target));
    const args = ['backup', `${target}.backup`, '-t', target, '--json'];
    const { code, stdout } = await runShell('ulimit -f 1024; audit "$@"', args);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).error.code).toMatch(/^backup-(full|failed)$/);
    expect(readdirSync(dirname(target))).toEqual(before);
  });

  test.skipIf(process.platform !== 'linux')('a folder that takes no files: the same', async () => {
    const target = heavyGraph('wal', 1);
    const { code, stdout } = await runCli(['backup', '/proc/backup.db', '-t', target, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'backup-failed',
      message: expect.stringContaining('/proc/backup.db'),
    });
  });
});

describe.each(['wal', 'delete'] as const)('a restore that its disk has no room for (%s)', (mode) => {
  /** A graph that has one node on a disk of its own, and a backup of many MiB elsewhere. */
  const scene = (): { readonly folder: string; readonly file: string; readonly small: string } => {
    const small = graphWith({ nodes: [{ id: 'mine' }] });
    changeGraph(small, `PRAGMA journal_mode = ${mode}`);
    return { folder: dirname(small), file: heavyGraph(mode, 4), small };
  };

  test.skipIf(!canMount()).for([40, 300, 2500])('%i KiB of it: a clear error, and what was there is', async (kib) => {
    const { folder, file, small } = scene();
    const script = `cp ${small} org.db; "$NODE" "$BIN" restore ${file} -t org.db --yes --json`;
    const { code, stdout } = await runOnDisk(folder, kib, script);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).error.code).toMatch(/^(target|backup)-(full|failed)$/);
    const left = join(folder, 'left');
    expect(readValue(join(left, 'org.db'), 'SELECT id FROM kg_nodes')).toBe('mine');
    expect(isIntact(join(left, 'org.db'))).toBe(true);
    expect(readdirSync(left).filter((name) => /restore|tmp/.test(name))).toEqual([]);
  });

  test('nor may the file grow: the same', async () => {
    const { file, small } = scene();
    const size = statSync(small).size;
    const args = ['restore', file, '-t', small, '--yes', '--json'];
    const { code, stdout } = await runShell('ulimit -f 1024; audit "$@"', args);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).error.code).toMatch(/^target-(full|failed)$/);
    expect(readValue(small, 'SELECT id FROM kg_nodes')).toBe('mine');
    expect(statSync(small).size).toBe(size);
  });
});
