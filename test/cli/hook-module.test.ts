import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentPath } from '../../scripts/generated-docs.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { failure, orchard } from '../support/growing-orchard.ts';
import { readNodes } from '../support/read-graph.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene } from '../support/scene.ts';

const EXAMPLE = documentPath('docs/examples/no-test-sessions.js');

/** Writes the module of a hook into a folder, and gives its path. */
function hookModule(folder: string, code: string): string {
  const path = join(folder, 'hook.mjs');
  writeFileSync(path, `export default ${code};\n`);
  return path;
}

const sessionsOf = (target: string) => readNodes(target).map(({ properties }) => JSON.parse(properties).session_id);

describe('--hook', () => {
  it('of the documentation keeps the sessions of tests out', async () => {
    const scene = orchard({ tool_analytics: [failure(), failure({ session_id: 'test-1' })] });
    const { stdout, code } = await runCli(['run', ...scene.paths, '--hook', EXAMPLE, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).extractors[0]).toMatchObject({ inserted: 1, vetoed: 1 });
    expect(sessionsOf(scene.target)).toEqual(['s']);
    expect((await runCli(['verify', ...scene.paths, '--hook', EXAMPLE])).code).toBe(0);
    expect((await runCli(['verify', ...scene.paths])).code).toBe(5);
  });

  it('is taken from the environment and the config file, too, and written into a schedule', async () => {
    const scene = orchard({ tool_analytics: [failure(), failure({ session_id: 'test-1' })] });
    const config = join(scene.folder, 'config.json');
    writeFileSync(config, JSON.stringify({ hook: [EXAMPLE] }));
    await runCli(['run', ...scene.paths, '--config', config]);
    expect(sessionsOf(scene.target)).toEqual(['s']);
    await runCli(['run', ...scene.paths, '--full'], { env: { AUDIT_EXTRACT_HOOK: EXAMPLE } });
    expect(sessionsOf(scene.target)).toEqual(['s']);
    const { stdout } = await runCli(['schedule', '--cron', ...scene.paths, '--hook', EXAMPLE]);
    expect(stdout).toContain(`--hook ${EXAMPLE}`);
  });

  it('is called by log, link, delete and undelete', async () => {
    const { paths, target, folder } = orchardScene();
    const hook = hookModule(
      folder,
      "{ name: 'no-ann', beforeInsert: ({ id }) => (id.includes('ann') ? 'veto' : undefined), beforeDelete: () => 'veto' }",
    );
    await runCli(['run', ...paths, '-q']);
    expect((await runCli(['log', 'LOGIN', '--key', 'of-ann', '-t', target, '--hook', hook])).code).toBe(0);
    expect((await runCli(['log', 'LOGIN', '--key', 'of-bob', '-t', target, '--hook', hook])).code).toBe(0);
    expect(
      readNodes(target)
        .filter(({ id }) => id.includes('log:'))
        .map(({ id }) => id),
    ).toEqual(['audit_event:log:of-bob']);
    const { stdout } = await runCli(['delete', 'audit_event:log:of-bob', '-t', target, '--hook', hook]);
    expect(stdout).toMatch(/^Done: 0 deleted/);
    expect((await runCli(['link', '-t', target, '--hook', hook])).code).toBe(0);
  });

  it('has log say which actions it kept out', async () => {
    const { target, folder } = orchardScene();
    const hook = hookModule(
      folder,
      "{ name: 'no-ann', beforeInsert: ({ id }) => (id.includes('ann') ? 'veto' : undefined) }",
    );
    const input = '{"action":"LOGIN","key":"of-ann"}\n{"action":"LOGIN","key":"of-eve"}\n';
    const words = ['log', '--stdin', '-t', target, '--hook', hook];
    const said = '1 of 2 actions logged: a hook has vetoed the rest.\n';
    expect(await runCli(words, { input })).toMatchObject({ code: 0, stdout: said });
    const { stdout } = await runCli([...words, '--json'], { input });
    expect(JSON.parse(stdout)).toMatchObject({ logged: 0, already_logged: 1, vetoed: 1 });
    expect(JSON.parse(stdout).ids).toEqual(['audit_event:log:of-eve']);
  });

  it.each([
    ['5', /is no hook/],
    ["{ beforeInsert: () => 'veto' }", /name/],
    ["{ name: 'Not So' }", /must be like/],
    ["{ name: 'x', afterInsert: 5 }", /afterInsert: must be a function/],
  ])('that is none is refused: %s', async (code, says) => {
    const { paths, folder } = orchardScene();
    const words = ['run', ...paths, '--hook', hookModule(folder, code)];
    await expectFailure(words, { code: 2, error: 'hook-invalid', says });
  });

  it('that cannot be loaded is refused', async () => {
    const { paths, folder } = orchardScene();
    const words = ['run', ...paths, '--hook', join(folder, 'gone.mjs')];
    await expectFailure(words, { code: 2, error: 'hook-invalid', says: /could not be loaded/ });
  });
});
