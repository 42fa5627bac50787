import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UNTYPED_COLUMNS, usualTables } from '../../fixtures/sessions-db.ts';
import { changeGraph } from '../support/graph-rows.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene, type Scene, tablesScene } from '../support/scene.ts';

/** Everything a person sees, with what differs from run to run replaced. */
async function screen({ paths, folder }: Scene, ...flags: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli([...paths, ...flags]);
  const shown = `exit code ${code}\n--- stdout\n${stdout}--- stderr\n${stderr}`;
  expect(shown).not.toMatch(/[^\P{Cc}\n]/u);
  return shown
    .replaceAll(folder, '/folder')
    .replaceAll(/(--plan \S+\.)[0-9a-f]{32}/g, '$1<digest>')
    .replaceAll(/run, [\d.]+ s/g, 'run, 0.0 s');
}

const golden = (name: string): string => `golden/${name}.txt`;

const UPDATES = `UPDATE task_tracking SET outcome = 'completed', task_description = 'Ask again', tool_error_count = NULL WHERE id = 2;
  UPDATE system_events SET content = 'Frost warning' WHERE id = 4;
  INSERT INTO tool_analytics(session_id, tool_name, status, error_type, agent_name, created_at)
  VALUES ('a11ce000-0001-4000-8000-000000000001', 'Bash', 'error', 'exit_code_1', 'grafter', '2026-03-09')`;

describe('what a person sees', () => {
  test('a first run', async () => {
    await expect(await screen(orchardScene())).toMatchFileSnapshot(golden('first-run'));
  });

  test('a second run', async () => {
    const scene = orchardScene();
    await screen(scene);
    await expect(await screen(scene)).toMatchFileSnapshot(golden('second-run'));
  });

  test('a dry run into nothing', async () => {
    await expect(await screen(orchardScene(), '--dry-run')).toMatchFileSnapshot(golden('dry-run'));
  });

  test('a dry run with updates, and the fields that differ', async () => {
    const scene = orchardScene();
    await screen(scene);
    changeGraph(scene.source, UPDATES);
    await expect(await screen(scene, '--dry-run', '--full')).toMatchFileSnapshot(golden('dry-run-updates'));
  });

  test('nodes that were retired, and those that a hook has vetoed', async () => {
    const scene = orchardScene();
    await screen(scene);
    changeGraph(scene.source, 'DELETE FROM task_tracking WHERE id = 1; DELETE FROM system_events WHERE id = 2');
    expect(await screen(scene, '--full', '--retire', '--dry-run')).toMatch(/^2 nodes to delete: the rows are gone\.$/m);
    expect(await screen(scene, '--full', '--retire', '--quiet')).toMatch(
      /stdout\n2 nodes deleted: the rows are gone\.\n---/,
    );
    expect(await screen(scene, '--full', '--retire', '--quiet')).toMatch(/stdout\n---/);
    const hook = join(scene.folder, 'hook.mjs');
    writeFileSync(hook, "export default { name: 'none', beforeInsert: () => 'veto' };\n");
    const paths = ['-s', scene.source, '-t', join(scene.folder, 'other.db')];
    expect(await screen({ ...scene, paths }, '--hook', hook)).toMatch(
      /^Done: 0 inserted.*\n\d+ nodes not written: a hook has vetoed them\.$/m,
    );
  });

  test('a partial failure', async () => {
    const scene = orchardScene();
    changeGraph(scene.source, 'ALTER TABLE system_events DROP COLUMN level');
    await expect(await screen(scene)).toMatchFileSnapshot(golden('partial-failure'));
  });

  test('a missing table', async () => {
    const scene = orchardScene();
    changeGraph(scene.source, 'DROP TABLE task_tracking');
    await expect(await screen(scene)).toMatchFileSnapshot(golden('missing-table'));
  });

  test('hostile names', async () => {
    const hostile = '\u001b[31mred\u0007\r\n\u009b2J\u202eover\u200bzero\u2066\ufeff\ud83d\ude00';
    const row = { session_id: hostile, tool_name: hostile, error_type: hostile, status: 'error' };
    const tables = usualTables(
      {
        tool_analytics: [row],
        system_events: [{ subtype: hostile, content: hostile }],
        task_tracking: [{ task_id: hostile, task_description: hostile }],
      },
      UNTYPED_COLUMNS,
    );
    await expect(await screen(tablesScene(tables))).toMatchFileSnapshot(golden('hostile-names'));
  });

  test('--quiet: a line where something changed, nothing where nothing did', async () => {
    const scene = orchardScene();
    const first = await runCli([...scene.paths, '-q']);
    expect(first.stdout).toMatch(/^Done: 11 inserted, 0 updated, 0 unchanged \(full run, [\d.]+ s\)\.\n$/);
    expect(await runCli([...scene.paths, '-q'])).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  test('integers of 64 bits that differ in their last digit', async () => {
    const scene = orchardScene();
    changeGraph(scene.source, 'UPDATE system_events SET entry_id = 9007199254740992 WHERE id = 1');
    await screen(scene);
    changeGraph(scene.source, 'UPDATE system_events SET entry_id = 9007199254740993 WHERE id = 1');
    expect(await screen(scene, '--dry-run', '--full')).toContain('entry_id: 9007199254740992 -> 9007199254740993\n');
  });

  test('the next command can be typed, whatever the paths are', async () => {
    const scene = orchardScene();
    const target = join(scene.folder, "it's a graph; echo.db");
    const { stdout } = await runCli(['-s', scene.source, '-t', target, '--dry-run']);
    const quoted = `'${target.replace("'", `'\\''`)}'`;
    expect(stdout).toContain(`\nNext: audit-extract --source ${scene.source} --target ${quoted} --plan `);
  });

  test('the next command of a dry run does what the dry run showed', async () => {
    const scene = orchardScene();
    const flags = ['--only', 'tool-errors', '--error-status', 'error,success', '--wait', '2.5'];
    const dry = await runCli([...scene.paths, ...flags, '--dry-run']);
    expect(dry.stdout).toMatch(/^Next: .* --wait 2\.5 --plan \S+$/m);
    const next = /^Next: audit-extract (.*)$/m.exec(dry.stdout)?.[1]?.split(' ') ?? [];
    const live = JSON.parse((await runCli([...next, '--json'])).stdout);
    const promised = JSON.parse((await runCli([...scene.paths, ...flags, '--dry-run', '--json', '--full'])).stdout);
    expect(live.extractors.map(({ name }: { name: string }) => name)).toEqual(['tool-errors']);
    expect(live.totals.read).toBe(promised.totals.read);
  });
});
