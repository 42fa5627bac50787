import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildSessionsDb, usualTables } from '../../fixtures/sessions-db.ts';
import { exitCodeOfAll } from '../../src/cli/run-several.ts';
import { expectFailure, linesOf } from '../support/expect-failure.ts';
import { readNodes } from '../support/read-graph.ts';
import { runCli } from '../support/run-cli.ts';
import { writeConfig } from '../support/settings.ts';
import { tempFolder } from '../support/temp-folder.ts';

interface Machines {
  readonly folder: string;
  readonly target: string;
  /** The source of a machine. */
  readonly of: (name: string) => string;
}

/** A folder for each machine, with a source that has one event, numbered as those of the others are. */
function machines(...names: readonly string[]): Machines {
  const folder = tempFolder();
  const of = (name: string) => join(folder, name, 'sessions.db');
  for (const name of names) {
    mkdirSync(join(folder, name));
    buildSessionsDb(of(name), usualTables({ system_events: [{ content: `of ${name}` }] }));
  }
  return { folder, target: join(folder, 'org.db'), of };
}

const idsIn = (target: string) => readNodes(target).map(({ id }) => id);
const TEMPLATE = ['--origin', '{folder}'] as const;

describe('one source with an origin', () => {
  test('has it in its ids and its report, and is asked for with it', async () => {
    const { of, target } = machines('lap1');
    const files = ['-s', of('lap1'), '-t', target, '--origin', 'ann.lap-1'];
    const { stdout, code } = await runCli([...files, '--json']);
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { schema: 'audit-extract/run@1', origin: 'ann.lap-1' }]);
    expect(idsIn(target)).toEqual(['audit_event:@ann.lap-1:sys:1']);
    const status = JSON.parse((await runCli(['status', ...files, '--json'])).stdout);
    expect(status.extractors).toContainEqual(
      expect.objectContaining({ origin: 'ann.lap-1', extractor: 'session-boundaries', behind: 0 }),
    );
    expect(status.runs).toMatchObject([{ id: 1, origin: 'ann.lap-1', outcome: 'ok' }]);
    const { stdout: shown } = await runCli(['status', ...files]);
    expect(shown).toContain('@ann.lap-1/session-boundaries');
    expect(shown).toContain('ok, ann.lap-1');
    expect((await runCli(['verify', ...files])).code).toBe(0);
    expect((await runCli(['verify', '-s', of('lap1'), '-t', target, '--json'])).code).toBe(6);
  });

  test('is explained with it', async () => {
    const { of, target } = machines('lap1');
    const files = ['-s', of('lap1'), '-t', target];
    await runCli([...files, '--origin', 'lap1']);
    const ask = async (...flags: string[]) =>
      JSON.parse((await runCli(['explain', 'audit_event:@lap1:sys:1', ...files, ...flags, '--json'])).stdout);
    expect(await ask('--origin', 'lap1')).toMatchObject({
      kind: 'event',
      origin: 'lap1',
      prefix: 'sys',
      extractor: 'session-boundaries',
      rule: 'audit_event:@lap1:sys:<id>',
      source: { count: 1, rows: [{ content: 'of lap1' }] },
    });
    const { source, warnings } = await ask();
    expect([source ?? null, warnings]).toEqual([null, [expect.stringContaining('--origin lap1')]]);
  });

  test('takes it from the environment and the config file, and is scheduled with it', async () => {
    const { of, target, folder } = machines('lap1');
    const files = ['-s', of('lap1'), '-t', target];
    const origin = async (env: Record<string, string>) =>
      JSON.parse((await runCli([...files, '-n', '--json'], { env })).stdout).origin;
    const config = writeConfig(join(folder, 'c.json'), { origin: '{folder}' });
    expect(await origin({ AUDIT_EXTRACT_ORIGIN: 'env' })).toBe('env');
    expect(await origin({ AUDIT_EXTRACT_CONFIG: config })).toBe('lap1');
    const { stdout } = await runCli(['schedule', '--cron', ...files, '--origin', 'a']);
    expect(stdout).toContain(`--source ${of('lap1')} --target ${target} --origin a`);
  });

  test.for(['', 'a b', 'a:b', '@a', 'a/b', 'ä', 'x'.repeat(65), '{host}', 'a,b'])(
    'cannot be called %j',
    async (name) => {
      const { of, target } = machines('lap1');
      const { code, stderr } = await runCli(['-s', of('lap1'), '-t', target, '--origin', name]);
      expect(code).toBe(2);
      expect(linesOf('error', stderr)).toEqual([expect.stringContaining('--origin')]);
    },
  );
});

describe('several sources', () => {
  test.for([
    ['a pattern', ({ folder }: Machines) => ['-s', join(folder, '*/sessions.db'), ...TEMPLATE]],
    ['flags', ({ of }: Machines) => ['-s', of('lap2'), '-s', of('lap1'), '--origin', 'lap2', '--origin', 'lap1']],
  ] as const)('are named by %s and run in order, one document for all', async ([, flagsOf]) => {
    const scene = machines('lap2', 'lap1');
    const { stdout, code } = await runCli([...flagsOf(scene), '-t', scene.target, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'audit-extract/runs@1',
      runs: [
        {
          origin: 'lap1',
          exit_code: 0,
          report: { schema: 'audit-extract/run@1', origin: 'lap1', totals: { inserted: 1 } },
        },
        { origin: 'lap2', exit_code: 0, report: { source: { path: scene.of('lap2') } } },
      ],
    });
    expect(idsIn(scene.target)).toEqual(['audit_event:@lap1:sys:1', 'audit_event:@lap2:sys:1']);
  });

  test('are named by the environment and by a list in the config file, from its own folder', async () => {
    const { folder, target } = machines('lap1', 'lap2');
    const env = { AUDIT_EXTRACT_SOURCE: join(folder, '*', 'sessions.db'), AUDIT_EXTRACT_ORIGIN: '{folder}' };
    expect((await runCli(['-t', target], { env })).code).toBe(0);
    const other = join(folder, 'other.db');
    const settings = { source: ['lap2/sessions.db', 'lap1/*.db'], origin: ['b', 'a'], target: other };
    const config = writeConfig(join(folder, 'c.json'), settings);
    expect((await runCli(['--config', config])).code).toBe(0);
    expect([idsIn(target), idsIn(other)]).toEqual([
      ['audit_event:@lap1:sys:1', 'audit_event:@lap2:sys:1'],
      ['audit_event:@a:sys:1', 'audit_event:@b:sys:1'],
    ]);
  });

  test('say of each line and table which source it is of', async () => {
    const { folder, target } = machines('lap1', 'lap2');
    const flags = ['-s', join(folder, '*/sessions.db'), '-t', target, ...TEMPLATE];
    const lines = (await runCli([...flags, '-n', '--format', 'ndjson'])).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { origin: 'lap1', action: 'insert', node: { id: 'audit_event:@lap1:sys:1' } },
      { origin: 'lap1', report: { dry_run: true, totals: { inserted: 1 } } },
      { origin: 'lap2', action: 'insert' },
      { origin: 'lap2', report: { origin: 'lap2' } },
    ]);
    const table = (await runCli(flags)).stdout;
    expect(table).toContain(`lap1: ${join(folder, 'lap1/sessions.db')} -> ${target}`);
    expect(table).toContain(`lap2: ${join(folder, 'lap2/sessions.db')} -> ${target}`);
    expect((await runCli([...flags, '--quiet'])).stdout).toBe('');
  });

  test('go with their graph into another one, where each goes on', async () => {
    const { folder, target, of } = machines('lap1', 'lap2');
    await runCli(['-s', join(folder, '*/sessions.db'), '-t', target, ...TEMPLATE]);
    const [file, other] = [join(folder, 'graph.zip'), join(folder, 'other.db')];
    expect((await runCli(['export', '-t', target, '--format', 'csv', '--out', file])).code).toBe(0);
    expect((await runCli(['import', file, '-t', other])).code).toBe(0);
    expect(idsIn(other)).toEqual(idsIn(target));
    for (const name of ['lap1', 'lap2']) {
      const files = ['-s', of(name), '-t', other, '--origin', name];
      const { mode, totals } = JSON.parse((await runCli([...files, '--json'])).stdout);
      expect([mode, totals.inserted, totals.updated]).toEqual(['incremental', 0, 0]);
      expect((await runCli(['verify', ...files])).code).toBe(0);
    }
  });

  test('are all tried, though one fails: partial', async () => {
    const { folder, target, of } = machines('lap1', 'lap3');
    mkdirSync(join(folder, 'lap2'));
    writeFileSync(of('lap2'), 'no database at all, whatever its name says');
    const { stdout, stderr, code } = await runCli([
      '-s',
      join(folder, '*/sessions.db'),
      '-t',
      target,
      ...TEMPLATE,
      '--json',
    ]);
    expect(code).toBe(3);
    const { runs } = JSON.parse(stdout);
    expect(runs.map(({ exit_code }: { exit_code: number }) => exit_code)).toEqual([0, 4, 0]);
    expect(runs[1]).toMatchObject({
      origin: 'lap2',
      report: { schema: 'audit-extract/error@1', error: { code: 'source-not-a-database' } },
    });
    expect(linesOf('error', stderr)).toEqual([expect.stringContaining(of('lap2'))]);
    expect(idsIn(target)).toHaveLength(2);
  });

  test.for([
    [[0, 0], 0],
    [[0, 4], 3],
    [[3, 0], 3],
    [[4, 3], 3],
    [[6, 4], 6],
    [[0, 4, 130], 130],
    [[143], 143],
  ] as const)('ending with %j end with %i', ([codes, all]) => {
    expect(exitCodeOfAll(codes.map((exitCode) => ({ exitCode })))).toBe(all);
  });

  test('without an origin each, or with the same one, are a mistake that shows them', async () => {
    const { folder, target, of } = machines('lap1', 'lap2');
    const pattern = ['-s', join(folder, '*/sessions.db'), '-t', target];
    const hint = /--origin '\{folder\}'/;
    await expectFailure(pattern, { code: 2, error: 'usage', says: new RegExp(`${of('lap2')} has none`), hint });
    const same = [...pattern, '--origin', '{name}'];
    await expectFailure(same, { code: 2, error: 'usage', says: /lap1\/sessions.db is sessions/, hint });
    const many = [...pattern, '--origin', 'a', '--origin', 'b'];
    await expectFailure(many, { code: 2, error: 'usage', says: /1 sources and 2 origins/, hint: /once for each/ });
  });

  test('a pattern never takes the target, or what is kept beside a database, for a source', async () => {
    const { folder, of } = machines('lap1');
    const target = join(folder, 'lap1', 'org.db');
    copyFileSync(of('lap1'), join(folder, 'lap1', 'b.db'));
    writeFileSync(join(folder, 'lap1', 'b.db-journal'), '');
    const flags = [
      '-s',
      join(folder, 'lap1', '*.db*'),
      '-t',
      target,
      '--origin',
      '{name}',
      '--json',
      '--accept-source',
    ];
    await runCli(flags);
    const { runs } = JSON.parse((await runCli(flags)).stdout);
    expect(runs.map(({ origin }: { origin: string }) => origin)).toEqual(['b', 'sessions']);
  });

  test('a pattern that nothing matches is a source that is not there', async () => {
    const { folder, target } = machines();
    await expectFailure(['-s', join(folder, '*/sessions.db'), '-t', target], {
      code: 2,
      error: 'source-not-found',
      says: /no file matches/,
      hint: /--source/,
    });
  });

  test('a file whose name looks like a pattern is that file', async () => {
    const { folder, target, of } = machines('lap1');
    const source = join(folder, 'what[1]?.db');
    copyFileSync(of('lap1'), source);
    const { code, stdout } = await runCli(['-s', source, '-t', target, '--json']);
    expect([code, JSON.parse(stdout).source.path]).toEqual([0, source]);
  });

  test('a plan is of one of them; what looks at one source names one', async () => {
    const { folder, target } = machines('lap1', 'lap2');
    const flags = ['-s', join(folder, '*/sessions.db'), '-t', target, ...TEMPLATE];
    const one = /one/;
    await expectFailure([...flags, '--plan', 'p1'], { code: 2, error: 'usage', says: /plan is of one/, hint: one });
    await runCli(flags);
    for (const command of ['verify', 'status', 'stats', 'link']) {
      await expectFailure([command, ...flags], { code: 2, error: 'usage', says: /several sources/, hint: one });
    }
    const config = writeConfig(join(folder, 'c.json'), { source: 'lap*/sessions.db', origin: '{folder}', target });
    expect((await runCli(['query', '--config', config])).code).toBe(0);
  });

  test('are scheduled as they are named, from anywhere', async () => {
    const { folder } = machines('lap1');
    const { stdout } = await runCli(['schedule', '--cron', '-s', '*/s.db', '-s', 'x.db', '-t', 'org.db', ...TEMPLATE], {
      folder,
    });
    expect(stdout).toContain(
      `--source '${folder}/*/s.db' --source ${folder}/x.db --target ${folder}/org.db --origin '{folder}'`,
    );
  });
});
