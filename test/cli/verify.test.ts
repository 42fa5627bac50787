import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { expectFailure } from '../support/expect-failure.ts';
import { changeGraph } from '../support/graph-rows.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene } from '../support/scene.ts';

describe('verify with a source that it cannot be', () => {
  it.for([
    ['an empty file', (path: string) => writeFileSync(path, '')],
    ['a database of other tables', (path: string) => changeGraph(path, 'CREATE TABLE others(a)')],
  ] as const)('%s: exit code 4', async ([, make]) => {
    const { paths, folder, target } = orchardScene();
    await runCli(paths);
    const wrong = join(folder, 'wrong.db');
    make(wrong);
    for (const flags of [[], ['--sample', '2']]) {
      await expectFailure(['verify', '-s', wrong, '-t', target, ...flags], { code: 4, error: 'source-without-tables' });
    }
  });

  it('the target itself: exit code 4', async () => {
    const { paths, target } = orchardScene();
    await runCli(paths);
    await expectFailure(['verify', '-s', target, '-t', target], { code: 4, error: 'source-without-tables' });
  });

  it('one without rows: exit code 6', async () => {
    const { paths, source } = orchardScene();
    await runCli(paths);
    changeGraph(source, 'DELETE FROM tool_analytics; DELETE FROM system_events; DELETE FROM task_tracking');
    await expectFailure(['verify', ...paths], { code: 6, error: 'source-changed' });
  });

  it('one that lacks a column: said of its nodes, and the others are looked at', async () => {
    const { paths, source } = orchardScene();
    await runCli(paths);
    changeGraph(source, 'ALTER TABLE tool_analytics DROP COLUMN agent_name');
    const { stdout, stderr, code } = await runCli(['verify', ...paths, '--json']);
    expect(code).toBe(0);
    expect(stderr).toBe('warning: tool-errors: table tool_analytics of the source has no column agent_name any more\n');
    expect(JSON.parse(stdout).totals).toMatchObject({ agreeing: 6, unverifiable: 5 });
  });
});

describe('paths that are not what they should be, for what only looks', () => {
  test.for([
    [['verify', '-s', 'nope.db', '-t', 'org.db'], 'source-not-found'],
    [['verify', '-s', 'folder', '-t', 'org.db'], 'source-not-a-file'],
    [['verify', '-s', 'sessions.db', '-t', 'folder'], 'target-not-a-file'],
    [['verify', '-s', 'sessions.db', '-t', 'nope.db'], 'target-not-found'],
    [['status', '-s', 'folder', '-t', 'org.db'], 'source-not-a-file'],
    [['status', '-s', 'sessions.db', '-t', 'folder'], 'target-not-a-file'],
    [['status', '-s', 'sessions.db', '-t', 'nope.db'], 'target-not-found'],
    [['seal', 'show', '-s', 'sessions.db', '-t', 'folder'], 'target-not-a-file'],
  ] as const)('%j is %s', async ([args, error]) => {
    const { paths, folder } = orchardScene();
    await runCli(paths);
    mkdirSync(join(folder, 'folder'));
    const { stdout, code } = await runCli([...args, '--json'], { folder });
    expect([JSON.parse(stdout).error.code, code]).toEqual([error, 2]);
  });

  test.skipIf(process.getuid?.() === 0)(
    'a target without the right to read it (root may read all, so not as root)',
    async () => {
      const { paths, target } = orchardScene();
      await runCli(paths);
      chmodSync(target, 0);
      await expectFailure(['status', ...paths], { code: 2, error: 'target-unreadable' });
    },
  );
});

test('a command without the word that it needs says so', async () => {
  const { stderr, code } = await runCli(['seal']);
  expect([stderr.split('\n')[0], code]).toEqual(['error: a word is missing after the command', 2]);
});
