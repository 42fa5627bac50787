import { existsSync, openSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { usualTables } from '../../fixtures/sessions-db.ts';
import { bigScene } from '../support/big-source.ts';
import { expectFailure, expectPlainMessages, expectSameErrors, linesOf } from '../support/expect-failure.ts';
import { readNodes } from '../support/read-graph.ts';
import { runCli } from '../support/run-cli.ts';
import { runShell } from '../support/run-shell.ts';
import { orchardScene, tablesScene } from '../support/scene.ts';

const ROWS = {
  system_events: [{ content: 'first' }],
  task_tracking: [{ task_id: 'A.1' }],
} as const;
const WITHOUT_LEVEL = 'id INTEGER PRIMARY KEY, entry_id, subtype, content, compact_trigger';

const FAILING = `export default {
  name: 'failing', version: 1, summary: 'fails', subtype: 'failing', prefix: 'fail', table: 'task_tracking',
  columns: { id: 'id' }, *extract(rows) { for (const row of rows) throw new Error('no patience for row ' + row.id); },
};`;

describe('exit code 3: an extractor failed, another is in', () => {
  test('a needed column is gone', async () => {
    const tables = usualTables(ROWS);
    const { paths, target } = tablesScene({ ...tables, system_events: { columns: WITHOUT_LEVEL, rows: [] } });
    const expected = { code: 3, error: 'source-column-missing', says: /system_events .* level$/, hint: /--skip/ };
    await expectFailure(paths, expected);
    expect(readNodes(target).map(({ id }) => id)).toEqual(['audit_event:task:1']);
  });

  test('its error stands in its report, the run has none', async () => {
    const tables = usualTables(ROWS);
    const { paths } = tablesScene({ ...tables, system_events: { columns: WITHOUT_LEVEL, rows: [] } });
    const report = JSON.parse((await runCli([...paths, '--json'])).stdout);
    expect(report.schema).toBe('audit-extract/run@1');
    expect(report.error).toBeUndefined();
    expect(report.extractors.map(({ status }: { status: string }) => status)).toEqual(['ok', 'failed', 'ok']);
    expect(report.extractors[1].error).toEqual({
      code: 'source-column-missing',
      message: expect.any(String),
      hint: expect.any(String),
    });
  });

  test('two extractors fail, each with an error and a hint of its own', async () => {
    const tables = usualTables(ROWS);
    const { paths } = tablesScene({
      ...tables,
      system_events: { columns: WITHOUT_LEVEL, rows: [] },
      tool_analytics: { columns: 'id INTEGER PRIMARY KEY', rows: [] },
    });
    const result = await runCli([...paths, '--json']);
    expect(result.code).toBe(3);
    expectPlainMessages(result);
    expectSameErrors(result, ['source-column-missing', 'source-column-missing']);
    expect(linesOf('error', result.stderr)[0]).toMatch(/session_id, tool_name, .*created_at/);
  });

  test('code from outside throws', async () => {
    const { folder, paths, target } = orchardScene();
    writeFileSync(join(folder, 'failing.mjs'), FAILING);
    const args = [...paths, '--extractor', './failing.mjs'];
    await expectFailure(
      args,
      { code: 3, error: 'extractor-failed', says: /failing .*no patience for row 1/ },
      { folder },
    );
    expect(readNodes(target)).toHaveLength(11);
  });

  test('a stack trace comes with --verbose', async () => {
    const { folder, paths } = orchardScene();
    writeFileSync(join(folder, 'failing.mjs'), FAILING);
    const { stderr } = await runCli([...paths, '--extractor', './failing.mjs', '--verbose'], { folder });
    expect(stderr).toMatch(/^\s+at .*failing\.mjs:\d+/m);
  });
});

describe('exit code 1: failed', () => {
  test('the only extractor there is throws', async () => {
    const { folder, paths, target } = orchardScene();
    writeFileSync(join(folder, 'failing.mjs'), FAILING);
    const args = [...paths, '--extractor', './failing.mjs', '--only', 'failing'];
    await expectFailure(args, { code: 1, error: 'extractor-failed', says: /no patience/ }, { folder });
    if (existsSync(target)) expect(readNodes(target)).toEqual([]);
  });

  test('the source is damaged in the middle', async () => {
    const { source, paths, target } = bigScene(5000);
    const file = openSync(source, 'r+');
    for (let at = 100 * 4096; at < 200 * 4096; at += 4096) writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, at);
    const args = [...paths, '--only', 'session-boundaries'];
    await expectFailure(args, { code: 1, error: 'source-corrupt', says: /source .*sessions\.db is damaged/ });
    if (existsSync(target)) expect(readNodes(target)).toEqual([]);
  });

  test('the source is cut short', async () => {
    const { source, paths, target } = bigScene(5000);
    truncateSync(source, 100 * 4096);
    const says = /source .*sessions\.db is damaged and cannot be read/;
    await expectFailure(paths, { code: 4, error: 'source-not-a-database', says });
    expect(existsSync(target)).toBe(false);
  });

  test('the disk is full: whole batches are in, and a later run goes on', async () => {
    const { paths, target } = bigScene(5000);
    const args = [...paths, '--json', '--batch-size', '50'];
    const result = await runShell('ulimit -f 800; audit "$@"', args);
    expect(result.code).toBe(1);
    expectPlainMessages(result);
    expectSameErrors(result, ['target-full']);
    expect(readNodes(target)).toHaveLength(JSON.parse(result.stdout).totals.inserted);
    expect((await runCli(paths)).code).toBe(0);
    expect(readNodes(target)).toHaveLength(250 + 5000 + 2500);
  });
});
