import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/run-cli.ts';
import { runShell } from '../support/run-shell.ts';
import { orchardScene } from '../support/scene.ts';

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('a new org.db', () => {
  it('and all that is made beside it are readable by their owner alone, whatever the umask is', async () => {
    const { paths, folder, target } = orchardScene();
    expect((await runShell('umask 000; audit "$@"', paths)).code).toBe(0);
    // As long as somebody has it open, the WAL and its index stay.
    const db = new Database(target);
    db.exec('CREATE TABLE more(a)');
    expect((await runShell('umask 000; audit "$@" --full', paths)).code).toBe(0);
    const made = readdirSync(folder).filter((name) => name.startsWith('org.db'));
    expect(made).toEqual(expect.arrayContaining(['org.db', 'org.db-wal', 'org.db-shm', 'org.db.audit-lock']));
    expect(made.map((name) => modeOf(join(folder, name)))).toEqual(made.map(() => '600'));
    db.close();
  });

  it('is made where a link leads, and the file of others keeps its mode', async () => {
    const { source, folder } = orchardScene();
    const real = join(folder, 'real');
    mkdirSync(real);
    writeFileSync(join(real, 'org.db'), '');
    chmodSync(join(real, 'org.db'), 0o664);
    symlinkSync(join(real, 'org.db'), join(folder, 'link.db'));
    expect((await runCli(['-s', source, '-t', join(folder, 'link.db')])).code).toBe(0);
    expect(modeOf(join(real, 'org.db'))).toBe('664');
  });
});

it('no module is loaded but those that are named: not from the working folder, nor from beside the files', async () => {
  const { paths, folder } = orchardScene();
  const loud = "process.stderr.write('loaded'); export default {};";
  for (const name of ['index.js', 'audit-extract.config.js', 'extractors.js', 'package.js'])
    writeFileSync(join(folder, name), loud);
  mkdirSync(join(folder, 'node_modules/better-sqlite3'), { recursive: true });
  writeFileSync(join(folder, 'node_modules/better-sqlite3/index.js'), loud);
  const { stdout, stderr, code } = await runCli([...paths, '--json'], { folder });
  expect([stderr, code]).toEqual(['', 0]);
  expect(JSON.parse(stdout)).not.toHaveProperty('modules');
});
