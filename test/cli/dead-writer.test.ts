import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bigScene } from '../support/big-source.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { runCli } from '../support/run-cli.ts';

/** A program that dies in the middle of a write, and leaves a journal to be rolled back. */
function dieWriting(path: string, statement: string): void {
  const driver = join(import.meta.dirname, '../../node_modules/better-sqlite3');
  const script = `const db = new (require(${JSON.stringify(driver)}))(${JSON.stringify(path)});
    db.exec('PRAGMA journal_mode = DELETE; PRAGMA cache_size = 5; BEGIN; ' + ${JSON.stringify(statement)});
    process.kill(process.pid, 'SIGKILL');`;
  expect(() => execFileSync(process.execPath, ['-e', script], { stdio: 'ignore' })).toThrow();
}

describe('a writer that died with its journal on the disk', () => {
  test('of the source: said, with what to do', async () => {
    const scene = bigScene(2000);
    dieWriting(scene.source, "UPDATE system_events SET content = 'half written ' || content");
    const says = /left in the middle of a write by a program that died/;
    await expectFailure(scene.paths, { code: 4, error: 'source-unfinished', says, hint: /open it once/ });
  });

  test('of the target: a dry run sees what stood before, and writes nothing', async () => {
    const scene = bigScene(2000);
    expect((await runCli(scene.paths)).code).toBe(0);
    dieWriting(scene.target, "UPDATE kg_nodes SET name = 'half written'");
    const before = stateOfFolder(scene.folder);
    const { stdout, code } = await runCli([...scene.paths, '--dry-run', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).totals).toMatchObject({ inserted: 0, updated: 0 });
    expect(stateOfFolder(scene.folder)).toEqual(before);
  });
});
