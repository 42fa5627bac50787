import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { usualTables } from '../../fixtures/sessions-db.ts';
import { bigScene } from '../support/big-source.ts';
import { readNodes } from '../support/read-graph.ts';
import { runShell } from '../support/run-shell.ts';
import { orchardScene, tablesScene } from '../support/scene.ts';

const NODES_OF_2000 = 2000 + 1000 + 100;

describe('a reader that closes early', () => {
  test('a dry run under ndjson is silent and ends before its work is done', async () => {
    const { paths } = bigScene(50_000);
    const script = 'audit "$@" | head -1; echo "$PIPESTATUS"';
    const dryRun = [...paths, '--dry-run', '--format', 'ndjson'];
    const ended: string[] = [];
    // Side by side, as a slow minute of the machine slows both.
    const [{ stdout, stderr }] = await Promise.all([
      runShell(script, dryRun).finally(() => ended.push('early')),
      runShell('audit "$@" > /dev/null', dryRun).finally(() => ended.push('whole')),
    ]);
    expect(ended).toEqual(['early', 'whole']);
    expect(stderr).toBe('');
    const [line = '', code] = stdout.split('\n');
    expect(JSON.parse(line)).toMatchObject({ action: 'insert' });
    expect(code).toBe('0');
  });

  test.for(['ndjson', 'json', 'table'])('a live run under %s does all its work silently', async (format) => {
    const { paths, target } = bigScene(2000);
    const script = 'audit "$@" | head -c 10 > /dev/null; echo "$PIPESTATUS"';
    const args = [...paths, '--format', format, '--batch-size', '100'];
    expect(await runShell(script, args)).toMatchObject({ stdout: '0\n', stderr: '' });
    expect(readNodes(target)).toHaveLength(NODES_OF_2000);
  });

  test('a live run whose reader was never there', async () => {
    const { paths, target } = bigScene(2000);
    const script = 'audit "$@" | true; echo "$PIPESTATUS"';
    expect(await runShell(script, [...paths, '--format', 'ndjson'])).toMatchObject({ stdout: '0\n', stderr: '' });
    expect(readNodes(target)).toHaveLength(NODES_OF_2000);
  });

  test('a failing live run keeps its exit code', async () => {
    const tables = usualTables({ task_tracking: [{ task_id: 'A.1' }] });
    const { paths } = tablesScene({ ...tables, system_events: { columns: 'id INTEGER PRIMARY KEY', rows: [] } });
    const { stdout } = await runShell('audit "$@" | true; echo "$PIPESTATUS"', [...paths, '--json']);
    expect(stdout).toBe('3\n');
  });

  test('a usage error under --json keeps its exit code', async () => {
    const script = 'audit --json --only nothing "$@" | true; echo "$PIPESTATUS"';
    expect((await runShell(script, orchardScene().paths)).stdout).toBe('2\n');
  });

  test('stderr closed early does no harm', async () => {
    const { paths } = orchardScene();
    const script = 'audit --only nothing "$@" 2> >(true); echo $?; audit --json "$@" 2> >(true) > /dev/null; echo $?';
    expect((await runShell(script, paths)).stdout).toBe('2\n0\n');
  });
});

describe('a slow reader', () => {
  const SKIPPING = `export default {
    name: 'skipping', version: 1, summary: 'skips', subtype: 'skipping', prefix: 'skip', table: 'system_events',
    columns: { id: 'id' }, *extract(rows) { for (const { id } of rows) yield { skip: 'reason ' + id + ' ' + '-'.repeat(60_000) } },
  };`;
  const SLOWLY = '{ sleep 1; dd bs=64k status=none; }';

  test.for([
    ['', '0'],
    ['broken', '3'],
  ] as const)('gets one whole JSON document of more than 1 MB (%s)', async ([broken, code]) => {
    const { folder, source, paths } = bigScene(1000);
    writeFileSync(join(folder, 'skipping.mjs'), SKIPPING);
    const db = new Database(source);
    if (broken) db.exec('ALTER TABLE task_tracking DROP COLUMN outcome');
    db.close();
    const args = [...paths, '--json', '--extractor', join(folder, 'skipping.mjs')];
    const { stdout } = await runShell(`audit "$@" 2>/dev/null | ${SLOWLY}; echo "$PIPESTATUS"`, args);
    expect(stdout.length).toBeGreaterThan(1_000_000);
    expect(stdout.split('\n').at(-2)).toBe(code);
    const report = JSON.parse(stdout.slice(0, stdout.lastIndexOf('}') + 1));
    expect(report.extractors[3]).toMatchObject({ name: 'skipping', skipped: 1000 });
    // Twenty reasons are told apart, the others counted together.
    expect(report.extractors[3].warnings).toHaveLength(21);
  });

  test('gets every line of ndjson whole', async () => {
    const { paths } = bigScene(5000);
    const { stdout } = await runShell(`audit "$@" | ${SLOWLY}`, [...paths, '--format', 'ndjson']);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(stdout.length).toBeGreaterThan(1_000_000);
    expect(lines).toHaveLength(5000 + 2500 + 250 + 1);
  });
});

describe('an output that takes nothing', () => {
  test.for(['--format=table', '--format=json', '--format=ndjson', '--help', '--version'])(
    'stdout on /dev/full, %s',
    async (flag) => {
      const { code, stderr } = await runShell('audit "$@" > /dev/full', [...orchardScene().paths, flag]);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^error: [^\n]*no space left[^\n]*\nhint: [^\n]+\n$/);
    },
  );

  test('stdout on /dev/full with an error to tell under --json', async () => {
    const args = [...orchardScene().paths, '--json', '--only', 'nothing'];
    const { code, stderr } = await runShell('audit "$@" > /dev/full', args);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^(error: [^\n]*\nhint: [^\n]+\n)+$/);
  });

  test('stderr on /dev/full: the exit code tells', async () => {
    const { paths } = orchardScene();
    const script = 'audit "$@" --only nothing 2> /dev/full; echo $?; audit "$@" --quiet 2> /dev/full; echo $?';
    expect((await runShell(script, paths)).stdout).toMatch(/^2\n(.*\n)0\n$/);
  });
});

test('2>&1 under --json, live and dry, has no control sequence', async () => {
  for (const flags of [[], ['--dry-run'], ['--format=ndjson'], ['--only', 'nothing']]) {
    const args = [...orchardScene().paths, '--json', ...flags].filter(
      (word) => !flags.includes('--format=ndjson') || word !== '--json',
    );
    const { stdout } = await runShell('audit "$@" 2>&1', args, { TERM: 'xterm-256color', FORCE_COLOR: '1' });
    expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
  }
});
