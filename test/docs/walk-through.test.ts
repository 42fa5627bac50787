import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildOrchardWeek } from '../../fixtures/scenarios/orchard-week.ts';
import { documentPath } from '../../scripts/generated-docs.ts';
import { readAll } from '../support/graph-rows.ts';
import { runLibrary } from '../support/run-library.ts';
import { runShell } from '../support/run-shell.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** The program by its name, and what other programs do to a graph without one of them. */
const STUBS = `
set -euo pipefail
cd "$1"
audit-extract() { audit "$@"; }
sqlite3() { "$NODE" --input-type=commonjs -e "new (require(process.argv[1]))(process.argv[2]).exec(process.argv[3])" "$SQLITE" "$@"; }
`;

/** Every command of a document, in its order, with a line before what each of its blocks prints. */
function scriptOf(file: string): string {
  const blocks = [...readFileSync(documentPath(file), 'utf8').matchAll(/^```sh\n(.*?)^```/gms)];
  return blocks.map(([, block = ''], at) => `echo "== ${at + 1}"\n${block}`).join('\n');
}

test('docs/graph.md: the walk from an empty folder says what it promises', async () => {
  const folder = tempFolder();
  buildOrchardWeek(join(folder, 'sessions.db'));
  const script = STUBS + scriptOf('docs/graph.md');
  const { stdout, stderr, code } = await runShell(script, [folder], {
    SQLITE: documentPath('node_modules/better-sqlite3'),
  });
  expect(stderr.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^warning: stats: sessions of 1 system event are not known/),
    expect.stringMatching(/^warning: stats: 1 event that is not recorded is not counted/),
    expect.stringMatching(/^warning: stats: sessions of 1 system event are not known/),
    expect.stringMatching(/^warning: stats: 1 event that is not recorded is not counted/),
  ]);
  expect(code).toBe(0);
  const [, extracted, logged, migrated, asked, looked] = stdout.split(/^== \d\n/m);
  expect(extracted).toMatch(/^Edges: \d+ inserted, 0 unchanged/m);
  expect(logged?.match(/audit_event:log:/g)).toHaveLength(3);
  expect(migrated).toMatch(/nothing written: 1 to migrate/);
  expect(migrated).toMatch(/^Done: 1 migrated/m);
  expect(asked).toMatch(/LOGIN/);
  expect(asked).toMatch(/Sessions with most trouble/);
  expect(looked).toMatch(/PERFORMED_BY/);
  expect(readdirSync(folder)).toContain('neighbors.svg');
  expect(statSync(join(folder, 'neighbors.svg')).size).toBeGreaterThan(1000);
}, 60_000);

test('docs/store.md: its commands and its program do what it says', async () => {
  const folder = tempFolder();
  buildOrchardWeek(join(folder, 'sessions.db'));
  const { stdout, stderr, code } = await runShell(STUBS + scriptOf('docs/store.md'), [folder], {
    SQLITE: documentPath('node_modules/better-sqlite3'),
  });
  expect([code, stderr]).toEqual([0, '']);
  const [, asked, deleted] = stdout.split(/^== \d\n/m);
  expect(asked).toMatch(/│ insert +│ PERFORMED_BY/);
  expect(asked).toMatch(/"actor": "performed-by@1"/);
  expect(deleted).toBe('Done: 1 deleted.\nDone: 1 brought back.\n');

  const [, program = ''] =
    /```js\nimport.*?\n\n(.*?)```/s.exec(readFileSync(documentPath('docs/store.md'), 'utf8')) ?? [];
  const target = join(folder, 'org.db');
  const told = await runLibrary(
    `${program.replace("'org.db'", 'target')}\nconsole.log(JSON.stringify(changes.map(({ operation }) => operation)));`,
    target,
  );
  expect(told).toEqual(['insert']);
  expect(readAll(target, "SELECT id FROM kg_edges WHERE edge_type = 'ABOUT'")).toEqual([
    { id: 'ABOUT:note%3A1->tool%3ABash' },
  ]);
}, 60_000);

test('docs/backup.md: every command does what it says, one after the other', async () => {
  const folder = tempFolder();
  buildOrchardWeek(join(folder, 'sessions.db'));
  const { stdout, stderr, code } = await runShell(STUBS + scriptOf('docs/backup.md'), [folder]);
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  const [, made, copied, restored, examined] = stdout.split(/^== \d\n/m);
  expect(made).toMatch(/Nothing is in the way/);
  expect(made).toMatch(/All that was looked at agrees/);
  expect(copied).toMatch(/org-\d{4}-\d\d-\d\d\.db: 24 nodes/);
  expect(restored).toMatch(/Dry run, nothing written\.\n.*What was there is in .*before-restore.*Restored/s);
  expect(examined).toMatch(/sound, every page and index/);
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['latest.db', 'org-backup.db', 'tried.db']));
}, 60_000);

test('docs/exchange.md: its commands do what it says', async () => {
  const folder = tempFolder();
  buildOrchardWeek(join(folder, 'sessions.db'));
  const { stdout, stderr, code } = await runShell(STUBS + scriptOf('docs/exchange.md'), [folder]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Dry run, nothing written: \d+ inserted, 0 updated, 0 unchanged\.$/m);
  expect(stdout).toMatch(/^Done: \d+ inserted, 0 updated, 0 unchanged\.$/m);
  expect(stdout).toMatch(/"inserted": 0,\n {2}"updated": 0,/);
  expect(readAll(join(folder, 'copy.db'), 'SELECT id FROM kg_edges ORDER BY id')).toEqual(
    readAll(join(folder, 'org.db'), 'SELECT id FROM kg_edges ORDER BY id'),
  );
}, 60_000);
