import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { usualTables } from '../../fixtures/sessions-db.ts';
import { linesOf } from '../support/expect-failure.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { readNodes } from '../support/read-graph.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene, tablesScene } from '../support/scene.ts';

describe('exit code 0', () => {
  test('a run writes every node and says nothing on stderr', async () => {
    const { paths, target } = orchardScene();
    expect(await runCli(paths)).toMatchObject({ code: 0, stderr: '' });
    expect(readNodes(target)).toHaveLength(11);
  });

  test('`run` may be named, or left out', async () => {
    const { paths, target } = orchardScene();
    expect(await runCli(['run', ...paths, '--json'])).toMatchObject({ code: 0, stderr: '' });
    expect(await runCli([...paths, '--full', '--quiet'])).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(readNodes(target)).toHaveLength(11);
  });

  test.for([
    ['a second run reads only what may have changed, and changes no node', [], { read: 2, unchanged: 2 }],
    ['a second run with --full reads everything, and changes no node', ['--full'], { read: 14, unchanged: 11 }],
  ] as const)('%s', async ([, flags, counts]) => {
    const { paths, target } = orchardScene();
    await runCli(paths);
    const before = readNodes(target);
    const { code, stdout } = await runCli([...paths, ...flags, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).totals).toEqual({ inserted: 0, updated: 0, skipped: 0, ...counts });
    expect(readNodes(target)).toEqual(before);
  });

  test('a missing table is a warning, and its extractor is skipped', async () => {
    const { tool_analytics, task_tracking } = usualTables({ task_tracking: [{ task_id: 'A.1' }] });
    const { paths, target } = tablesScene({ tool_analytics, task_tracking });
    const { code, stdout, stderr } = await runCli([...paths, '--json']);
    expect(code).toBe(0);
    expect(linesOf('warning', stderr)).toEqual([expect.stringMatching(/^session-boundaries: .*system_events/)]);
    expect(stderr.split('\n')).toHaveLength(2);
    const report = JSON.parse(stdout);
    expect(report.error).toBeUndefined();
    expect(report.extractors[1]).toMatchObject({ name: 'session-boundaries', status: 'skipped', read: 0 });
    expect(report.extractors[1].warnings).toEqual([expect.stringContaining('system_events')]);
    expect(readNodes(target).map(({ id }) => id)).toEqual(['audit_event:task:1']);
  });

  test('the only extractor asked for has no table: a warning, no target is made', async () => {
    const { paths, target } = tablesScene({ tool_analytics: usualTables({}).tool_analytics });
    const { code, stderr } = await runCli([...paths, '--only', 'task-completions']);
    expect(code).toBe(0);
    expect(linesOf('warning', stderr)).toHaveLength(1);
    expect(existsSync(target)).toBe(false);
  });

  test('tables without rows: a graph without nodes', async () => {
    const { paths, target } = tablesScene(usualTables({}));
    expect(await runCli(paths)).toMatchObject({ code: 0, stderr: '' });
    expect(readNodes(target)).toEqual([]);
  });

  test('--only and --skip choose the extractors', async () => {
    const { paths } = orchardScene();
    const names = async (...flags: string[]) => {
      const { stdout } = await runCli([...paths, '--dry-run', '--json', ...flags]);
      return JSON.parse(stdout).extractors.map(({ name }: { name: string }) => name);
    };
    expect(await names('--only', 'task-completions, tool-errors')).toEqual(['tool-errors', 'task-completions']);
    expect(await names('--only', 'tool-errors', '--only', 'task-completions')).toHaveLength(2);
    expect(await names('--skip', 'tool-errors')).toEqual(['session-boundaries', 'task-completions']);
  });

  test('the target is written, the source is not, and nothing else is left in the folder but the lock file', async () => {
    const { paths, folder } = orchardScene();
    const { 'sessions.db': source } = stateOfFolder(folder);
    await runCli(paths);
    const after = stateOfFolder(folder);
    expect(Object.keys(after)).toEqual(['org.db', 'org.db.audit-lock', 'sessions.db']);
    expect(after['sessions.db']).toBe(source);
  });
});

describe('help and version', () => {
  test.for([['--help'], ['run', '--help'], ['schedule', '-h'], ['-h'], ['run', '-h'], ['help'], ['help', 'run']])(
    '%j ends in examples',
    async (args) => {
      const { code, stdout, stderr } = await runCli(args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/\nExamples:\n( {2}\$ audit-extract[^\n]*\n)+$/);
    },
  );

  test.for([['--version'], ['-V'], ['run', '-V'], ['schedule', '-V']])('%j prints the version alone', async (args) => {
    expect(await runCli(args)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    });
  });

  test('short flags in one word, the last of them with its value', async () => {
    const { source, target } = orchardScene();
    const { stdout, code } = await runCli(['-ns', source, '-t', target]);
    expect(code).toBe(0);
    expect(stdout).toContain('Dry run');
  });

  test('the next command after a dry run with --full has it too', async () => {
    const { paths } = orchardScene();
    expect((await runCli([...paths, '-n', '--full'])).stdout).toMatch(
      /^Next: audit-extract .* --full --plan p1\.\S+$/m,
    );
  });

  test('flags before the command are understood', async () => {
    const { paths } = orchardScene();
    expect(await runCli(['--json', 'run', ...paths])).toMatchObject({ code: 0, stderr: '' });
  });
});
