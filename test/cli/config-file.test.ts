import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { linesOf } from '../support/expect-failure.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene } from '../support/scene.ts';
import { dryReport, writeConfig } from '../support/settings.ts';

describe('the config file', () => {
  test('is found by --config, then AUDIT_EXTRACT_CONFIG, then XDG_CONFIG_HOME, then ~/.config', async () => {
    const { source, folder } = orchardScene();
    const make = (place: string, name: string) =>
      writeConfig(join(folder, place), { source, target: join(folder, `${name}.db`) });
    make('home/.config/audit-extract/config.json', 'home');
    make('xdg/audit-extract/config.json', 'xdg');
    const [byEnv, byFlag] = [make('env.json', 'env'), make('flag.json', 'flag')];
    const home = { HOME: join(folder, 'home') };
    const xdg = { ...home, XDG_CONFIG_HOME: join(folder, 'xdg') };
    const env = { ...xdg, AUDIT_EXTRACT_CONFIG: byEnv };
    expect((await dryReport([], home)).target.path).toMatch(/home\.db$/);
    expect((await dryReport([], xdg)).target.path).toMatch(/xdg\.db$/);
    expect((await dryReport([], env)).target.path).toMatch(/env\.db$/);
    expect((await dryReport(['--config', byFlag], env)).target.path).toMatch(/flag\.db$/);
  });

  test('its relative paths start from its folder, those of flags and variables from the current one', async () => {
    const { folder } = orchardScene();
    const config = writeConfig(join(folder, 'conf', 'c.json'), { source: '../sessions.db', target: 'made.db' });
    mkdirSync(join(folder, 'here'));
    const env = { AUDIT_EXTRACT_CONFIG: '../conf/c.json' };
    expect((await dryReport([], env, join(folder, 'here'))).target.path).toBe(join(folder, 'conf', 'made.db'));
    const byFlag = await dryReport(['--config', config, '-t', 'x.db'], {}, join(folder, 'here'));
    expect(byFlag.target.path).toBe(join(folder, 'here', 'x.db'));
    const byEnv = await dryReport(['--config', config], { AUDIT_EXTRACT_TARGET: 'y.db' }, join(folder, 'here'));
    expect(byEnv.target.path).toBe(join(folder, 'here', 'y.db'));
  });

  test.for([
    ['an unknown key', { sorce: 'x' }, /sorce/],
    ['a wrong type', { batchSize: 'many' }, /batchSize/],
    ['a bad number', { batchSize: 2.5 }, /batchSize .*2\.5/],
    ['a long wait', { wait: 86401 }, /wait .*86401/],
    ['a list', [], /./],
    ['no JSON', '{', /./],
    ['nothing', '', /./],
  ] as const)('with %s is exit code 2, under --json too', async ([, settings, says]) => {
    const { paths, folder } = orchardScene();
    const config = writeConfig(join(folder, 'c.json'), settings);
    const { code, stdout, stderr } = await runCli([...paths, '--config', config, '--json']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: [^\n]*c\.json[^\n]*\nhint: [^\n]+\n$/);
    expect(stderr).toMatch(says);
    expect(JSON.parse(stdout).error).toMatchObject({ message: linesOf('error', stderr)[0] });
  });

  test.for(['no.json', '.'])('named %s, which is no file, is exit code 2', async (name) => {
    const { paths, folder } = orchardScene();
    const { code, stderr } = await runCli([...paths, '--config', name], { folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: [^\n]+\nhint: [^\n]+\n$/);
  });
});
