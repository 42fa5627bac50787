import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { linesOf } from '../support/expect-failure.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene } from '../support/scene.ts';
import { dryReport, writeConfig } from '../support/settings.ts';

describe('flags come before variables, variables before the config file, that before defaults', () => {
  test('paths', async () => {
    const { source, folder } = orchardScene();
    const at = (name: string) => join(folder, name);
    const config = writeConfig(at('c.json'), { source, target: at('config.db') });
    const env = { AUDIT_EXTRACT_CONFIG: config, AUDIT_EXTRACT_TARGET: at('env.db') };
    expect((await dryReport(['-t', at('flag.db')], env)).target.path).toBe(at('flag.db'));
    expect((await dryReport([], env)).target.path).toBe(at('env.db'));
    expect((await dryReport([], { AUDIT_EXTRACT_CONFIG: config })).target.path).toBe(at('config.db'));
  });

  test.for([
    [['--error-status', 'error'], 8],
    [['--error-status', 'error', '--error-status', 'success'], 10],
    [[], 2],
  ] as const)('lists: %j reads %i rows where the variable says success', async ([flags, rows]) => {
    const { paths, folder } = orchardScene();
    const config = writeConfig(join(folder, 'c.json'), { errorStatus: ['error', 'success'], only: ['tool-errors'] });
    const env = { AUDIT_EXTRACT_CONFIG: config, AUDIT_EXTRACT_ERROR_STATUS: 'success' };
    const { totals } = await dryReport([...paths, ...flags], env);
    expect(totals.read).toBe(rows);
    expect((await dryReport(paths, { AUDIT_EXTRACT_CONFIG: config })).totals.read).toBe(10);
    expect((await dryReport([...paths, '--only', 'tool-errors'], {})).totals.read).toBe(8);
  });

  test('an empty variable counts as not set', async () => {
    const { paths } = orchardScene();
    const env = {
      AUDIT_EXTRACT_ONLY: '',
      AUDIT_EXTRACT_BATCH_SIZE: '',
      AUDIT_EXTRACT_FORMAT: '',
      AUDIT_EXTRACT_CONFIG: '',
    };
    expect((await dryReport(paths, env)).totals.inserted).toBe(11);
  });

  test.for(['AUDIT_EXTRACT_BATCH_SIZE', 'AUDIT_EXTRACT_FORMAT', 'AUDIT_EXTRACT_ONLY', 'AUDIT_EXTRACT_WAIT'])(
    'a bad value is called by the name %s',
    async (name) => {
      const { code, stderr } = await runCli(orchardScene().paths, { env: { [name]: 'zero' } });
      expect(code).toBe(2);
      expect(linesOf('error', stderr)).toEqual([expect.stringMatching(/'zero'/)]);
      if (name !== 'AUDIT_EXTRACT_ONLY') expect(stderr).toContain(name);
    },
  );

  test('the format: variable over config file, flag over both', async () => {
    const { paths, folder } = orchardScene();
    const config = writeConfig(join(folder, 'c.json'), { format: 'json' });
    const begin = async (env: Record<string, string>, ...flags: string[]) =>
      (await runCli([...paths, '-n', '--config', config, ...flags], { env })).stdout.slice(0, 2);
    expect(await begin({})).toBe('{\n');
    expect(await begin({ AUDIT_EXTRACT_FORMAT: 'ndjson' })).toBe('{"');
    expect(await begin({ AUDIT_EXTRACT_FORMAT: 'ndjson' }, '--format', 'table')).toMatch(/^\/\w/);
  });

  test.for(['json', 'ndjson'])(
    'format %s from the config file: a failure is a document on stdout too',
    async (format) => {
      const { folder } = orchardScene();
      const config = writeConfig(join(folder, 'c.json'), { format, source: 'no.db', target: 'org.db' });
      const { code, stdout } = await runCli(['--config', config]);
      expect(code).toBe(2);
      expect(JSON.parse(stdout)).toMatchObject({
        schema: 'audit-extract/error@1',
        error: { code: 'source-not-found' },
      });
    },
  );

  test('the same by variable', async () => {
    const { folder } = orchardScene();
    const args = ['-s', join(folder, 'no.db'), '-t', join(folder, 'org.db')];
    const { stdout } = await runCli(args, { env: { AUDIT_EXTRACT_FORMAT: 'json' } });
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'audit-extract/error@1' });
  });
});

describe('the default folder', () => {
  const FIRST = 'PROJECTS/.coditect-data/context-storage';
  const SECOND = '.coditect-data/context-storage';

  test.for([
    ['the first', [FIRST, SECOND], FIRST],
    ['the second where there is no first', [SECOND], SECOND],
  ] as const)('is %s', async ([, made, used]) => {
    const { source, folder } = orchardScene();
    for (const name of made) {
      mkdirSync(join(folder, name), { recursive: true });
      copyFileSync(source, join(folder, name, 'sessions.db'));
    }
    const { source: from, target: to } = await dryReport([], { HOME: folder });
    expect([from.path, to.path]).toEqual([join(folder, used, 'sessions.db'), join(folder, used, 'org.db')]);
  });

  test('a target by flag goes with the default source', async () => {
    const { source, target, folder } = orchardScene();
    mkdirSync(join(folder, SECOND), { recursive: true });
    copyFileSync(source, join(folder, SECOND, 'sessions.db'));
    expect((await dryReport(['-t', target], { HOME: folder })).target.path).toBe(target);
  });

  test.for([{ HOME: '/nonexistent' }, { HOME: '' }])(
    'with none there, %j, exit code 2 says where it looked',
    async (env) => {
      const { code, stderr } = await runCli([], { env });
      expect(code).toBe(2);
      expect(stderr).toMatch(/^error: [^\n]+\nhint: [^\n]*--source[^\n]*\n$/);
      if (env.HOME) expect(stderr).toContain(`/nonexistent/${SECOND}`);
    },
  );

  test('a source by flag never lands in the default graph', async () => {
    const { source, folder } = orchardScene();
    mkdirSync(join(folder, SECOND), { recursive: true });
    expect(await runCli(['-s', source], { env: { HOME: folder } })).toMatchObject({ code: 2, stdout: '' });
  });
});
