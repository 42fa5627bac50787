import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { documentPath } from '../../scripts/generated-docs.ts';
import { runShell } from '../support/run-shell.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('the commands of docs/scheduling.md put each unit in its file', async () => {
  const [, script = ''] = /```sh\n(mkdir.*?)```/s.exec(readFileSync(documentPath('docs/scheduling.md'), 'utf8')) ?? [];
  const home = tempFolder();
  mkdirSync(join(home, '.coditect-data/context-storage'), { recursive: true });
  const stubs = 'audit-extract() { audit "$@"; }; systemctl() { echo systemctl "$@"; }';
  const { stdout, stderr } = await runShell(`${stubs}\n${script}`, [], { HOME: home });
  expect(stderr).toBe('');
  expect(stdout).toBe('systemctl --user daemon-reload\nsystemctl --user enable --now audit-extract.timer\n');
  const folder = join(home, '.config/systemd/user');
  expect(readdirSync(folder)).toEqual(['audit-extract.service', 'audit-extract.timer']);
  expect(readFileSync(join(folder, 'audit-extract.service'), 'utf8')).toMatch(
    /^# ~.*\[Service\].*IOSchedulingClass=idle\n\n$/s,
  );
  expect(readFileSync(join(folder, 'audit-extract.timer'), 'utf8')).toMatch(/^# ~.*\[Timer\].*\[Install\]/s);
});
