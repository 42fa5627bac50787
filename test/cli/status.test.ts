import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { appendRows } from '../../fixtures/sessions-db.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene } from '../support/scene.ts';

const statusOf = async (paths: readonly string[]) => JSON.parse((await runCli(['status', ...paths, '--json'])).stdout);

describe('status', () => {
  test('says what the last runs did, the last one first, and when one last looked', async () => {
    const { paths } = orchardScene();
    await runCli(paths);
    await runCli(paths);
    const status = await statusOf(paths);
    expect(status).toMatchObject({ schema: 'audit-extract/status@1', last_checked: expect.stringMatching(/Z$/) });
    expect(status.runs).toEqual([
      {
        id: 1,
        started_at: expect.any(String),
        finished_at: expect.any(String),
        outcome: 'ok',
        mode: 'full',
        totals: { read: 14, inserted: 11, updated: 0, unchanged: 0, skipped: 0 },
      },
    ]);
    expect(Date.parse(status.last_checked)).toBeGreaterThan(Date.parse(status.runs[0].finished_at));
  });

  test('says how far behind the source each checkpoint is', async () => {
    const { paths, source } = orchardScene();
    await runCli(paths);
    appendRows(source, 'tool_analytics', [{ status: 'success' }, { status: 'error' }]);
    const { extractors } = await statusOf(paths);
    expect(extractors).toMatchObject([
      { extractor: 'session-boundaries', folded_to: '4', last_row: '4', behind: 0, rows: 4, unfinished: false },
      { extractor: 'task-completions', folded_to: null, last_row: '2', behind: null, rows: 2 },
      { extractor: 'tool-errors', folded_to: '10', last_row: '12', behind: 2, rows: 8 },
    ]);
  });

  test('changes neither file, and shows a person tables', async () => {
    const { paths, folder } = orchardScene();
    await runCli(paths);
    const before = stateOfFolder(folder);
    const { stdout, stderr, code } = await runCli(['status', ...paths]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('read up to');
    expect(stdout).toContain('The last runs that changed something:');
    expect(stateOfFolder(folder)).toEqual(before);
  });

  test('of a graph that no run has written says so', async () => {
    const { folder, source } = orchardScene();
    writeFileSync(join(folder, 'empty.db'), '');
    const paths = ['-s', source, '-t', join(folder, 'empty.db')];
    expect((await runCli(['status', ...paths])).stdout).toContain('No run yet.');
    expect(await statusOf(paths)).toMatchObject({ last_checked: null, runs: [], extractors: [] });
  });

  test('does without the source', async () => {
    const { paths, folder, target } = orchardScene();
    await runCli(paths);
    const { extractors } = await statusOf(['-s', join(folder, 'gone.db'), '-t', target]);
    expect(extractors[2]).toMatchObject({ folded_to: '10', last_row: null, behind: null });
  });

  test.each([
    [['-t', 'nothing.db', '-s', 'any.db'], 2, 'does not exist'],
    [['-t', 'nothing.db', '-s', 'any.db', '--runs', '0'], 2, '--runs cannot be'],
  ])('%j is refused', async (flags, code, message) => {
    const result = await runCli(['status', ...flags], { folder: orchardScene().folder });
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toContain(message);
  });
});
