import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildOrchardWeek } from '../../fixtures/scenarios/orchard-week.ts';
import { documentPath } from '../../scripts/generated-docs.ts';
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
