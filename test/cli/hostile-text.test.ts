import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, test } from 'vitest';
import { expectHarmless, hostileScene } from '../support/hostile-scene.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { readNodes } from '../support/read-graph.ts';
import { runCli } from '../support/run-cli.ts';
import { runOnTerminal } from '../support/run-shell.ts';
import type { Scene } from '../support/scene.ts';

const texts = Object.values(HOSTILE_TEXTS);

/** Breaks some nodes, so that verify has something to name, and updates something to show. */
function breakNodes({ target }: Scene): void {
  const db = new Database(target);
  db.prepare(
    "UPDATE kg_nodes SET name = name || ?, properties = json_set(properties, '$.level', ?) WHERE source_id > '3'",
  ).run(texts.join(' '), texts.join(' '));
  db.prepare("DELETE FROM kg_nodes WHERE subtype = 'tool_error' AND length(id) % 2 = 0").run();
  db.close();
}

describe('whatever the texts of the source are', () => {
  it('what is stored is what the source says', async () => {
    const scene = hostileScene();
    await runCli(scene.paths);
    const contents = readNodes(scene.target)
      .filter(({ name }) => name.startsWith('[Command]'))
      .map(({ properties }) => JSON.parse(properties).content);
    expect(contents.toSorted()).toEqual(texts.map((text) => [...text].slice(0, 500).join('')).toSorted());
  });

  it.for([
    [['--dry-run'], 0],
    [['--dry-run', '--verbose'], 0],
    [['--dry-run', '--format', 'json'], 0],
    [['--dry-run', '--format', 'ndjson'], 0],
    [[], 0],
    [['--full', '--dry-run'], 0],
    [['--full', '--dry-run', '--format', 'ndjson'], 0],
    [['verify'], 5],
    [['verify', '--format', 'json'], 5],
    [['verify', '--format', 'ndjson'], 5],
    [['status'], 0],
    [['status', '--json'], 0],
    [['seal', 'show', '--json'], 0],
    [['--full', '--quiet'], 0],
  ] as const)('the output of %j is harmless', async ([flags, code]) => {
    const scene = hostileScene();
    if (flags[0] !== '--dry-run') {
      await runCli([...scene.paths, '--quiet']);
      breakNodes(scene);
    }
    const result = await runCli([...flags, ...scene.paths]);
    expect([result.code, result.stderr]).toEqual([code, code === 0 ? '' : expect.stringContaining('error: ')]);
    expectHarmless(result.stdout, 'stdout');
    expectHarmless(result.stderr, 'stderr');
    expect(result.stdout).not.toMatch(/^(error|hint): /m);
  });

  it('JSON gives them back as they are', async () => {
    const scene = hostileScene();
    const { stdout } = await runCli([...scene.paths, '--dry-run', '--format', 'ndjson']);
    const lines = stdout.trimEnd().split('\n');
    const nodes = lines.map((line) => JSON.parse(line)).flatMap(({ node }) => (node ? [node] : []));
    const sessions = nodes
      .filter(({ subtype }) => subtype === 'tool_error')
      .map(({ properties }) => properties.session_id);
    expect(sessions.toSorted()).toEqual(texts.toSorted());
  });

  it('a terminal shows none of them raw, with colours and a live line', async () => {
    const scene = hostileScene();
    const { stdout } = await runOnTerminal('stty cols 100 rows 30; audit "$@"', scene.paths);
    const own = stdout
      .replaceAll(/\u001b\[(?:[0-9;]*[mGKA]|\?25[lh]|\?2026[lh]|1G|0K)/g, '')
      .replaceAll('\r\n', '\n')
      .replaceAll('\r', '');
    expectHarmless(own, 'terminal');
  });

  it.for([
    ['an extractor throws them', "throw new Error(rows.map((row) => row.content).join(' '))"],
    ['an extractor skips with them', "for (const row of rows) yield { skip: row.content ?? 'none' }"],
  ] as const)('messages are harmless when %s', async ([, body]) => {
    const scene = hostileScene();
    const module = join(scene.folder, 'odd.js');
    writeFileSync(
      module,
      `export default { name: 'odd', version: 1, summary: 'odd', subtype: 'odd', prefix: 'odd', table: 'system_events',
        columns: { content: 'text' }, *extract(iterable) { const rows = [...iterable]; ${body} } };`,
    );
    for (const flags of [[], ['--json', '--verbose']]) {
      const { stdout, stderr } = await runCli([...scene.paths, '--only', 'odd', '--extractor', module, ...flags]);
      expectHarmless(stdout + stderr, 'messages');
      expect(stderr).not.toMatch(/^hint: run curl/m);
    }
  });
});

test.for(Object.entries(HOSTILE_TEXTS).filter(([, text]) => text.length < 100))(
  'a command line with %s is answered harmlessly',
  async ([, text]) => {
    if (text.includes('\0')) return;
    for (const args of [['--only', text], [text], ['-s', text, '-t', text], ['--format', text]]) {
      const { stdout, stderr, code } = await runCli(args, { env: { HOME: '/nonexistent' } });
      expect(code).toBe(2);
      expectHarmless(stdout + stderr, args.join(' '));
    }
  },
);
