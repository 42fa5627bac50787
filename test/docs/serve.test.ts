import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildOrchardWeek } from '../../fixtures/scenarios/orchard-week.ts';
import { documentPath } from '../../scripts/generated-docs.ts';
import { runCli } from '../support/run-cli.ts';
import { runServer } from '../support/run-server.ts';
import { runShell } from '../support/run-shell.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ADDRESS = 'http://127.0.0.1:7077/';

/** Does what curl does with the flags that the document uses, on machines that have none. */
const CURL = `
curl() { "$NODE" --input-type=module - "$@" <<'JS'
import { readFileSync, writeFileSync } from 'node:fs';
const args = process.argv.slice(2);
const after = (flag) => args.flatMap((arg, at) => (args[at - 1] === flag ? [arg] : []));
const [url] = args.filter((arg) => arg.startsWith('http'));
const [form] = after('-F').map((field) => field.split('=@'));
const body = new FormData();
if (form) body.append(form[0], new Blob([readFileSync(form[1])]), form[1]);
const headers = Object.fromEntries(after('-H').map((line) => line.split(': ')));
const [method = 'GET'] = after('-X');
const reply = await fetch(url, { method, headers, body: form ? body : after('-d')[0] });
const bytes = new Uint8Array(await reply.arrayBuffer());
const [out] = after('-o');
if (out) writeFileSync(out, bytes); else process.stdout.write(bytes);
process.stdout.write('\\n');
JS
}
`;

test('docs/serve.md: what is asked with curl is answered', async () => {
  const folder = tempFolder();
  const [source, target] = [join(folder, 'sessions.db'), join(folder, 'org.db')];
  buildOrchardWeek(source);
  await runCli(['run', '-s', source, '-t', target, '--edges', '-q']);
  const { url } = await runServer(['-s', source, '-t', target]);
  const [, script = ''] = /^```sh\n(curl.*?)^```/ms.exec(readFileSync(documentPath('docs/serve.md'), 'utf8')) ?? [];
  const asked = script.replaceAll(ADDRESS, url);
  expect(asked).not.toBe(script);
  const { stdout, stderr, code } = await runShell(`set -euo pipefail\ncd "$1"\n${CURL}\n${asked}`, [folder]);
  expect([code, stderr]).toEqual([0, '']);
  const [node, events, logged, , ...restored] = stdout.split('\n');
  expect(JSON.parse(node ?? '')).toMatchObject({ id: 'tool:Bash', node_type: 'tool' });
  expect(JSON.parse(events ?? '')).toMatchObject({ nodes: [], next: null });
  expect(JSON.parse(logged ?? '')).toMatchObject({ is_new: true, id: expect.stringMatching(/^audit_event:log:/) });
  expect(existsSync(join(folder, 'org-backup.db'))).toBe(true);
  expect(JSON.parse(restored.join('\n'))).toMatchObject({ schema: 'audit-extract/restore@1', dry_run: true });
}, 60_000);
