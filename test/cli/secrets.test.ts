import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import {
  appendRows,
  buildSessionsDb,
  type FixtureRow,
  UNTYPED_COLUMNS,
  usualTables,
} from '../../fixtures/sessions-db.ts';
import { linesOf } from '../support/expect-failure.ts';
import { runCli } from '../support/run-cli.ts';
import { type Scene, sceneWith } from '../support/scene.ts';
import { SECRETS } from '../support/secrets.ts';
import { writeConfig } from '../support/settings.ts';

const all = Object.values(SECRETS).flat();
const columnsOf = (table: keyof typeof UNTYPED_COLUMNS) =>
  UNTYPED_COLUMNS[table]
    .split(',')
    .map((column) => column.trim().split(' ')[0] ?? '')
    .filter((name) => name !== 'id');

/** Every secret in every text column, once at a time and far into a long text. */
function canaries(table: keyof typeof UNTYPED_COLUMNS, usual: FixtureRow): readonly FixtureRow[] {
  return columnsOf(table).flatMap((column) =>
    all.flatMap((secret) => [secret, `${'word '.repeat(96)}${secret}`].map((text) => ({ ...usual, [column]: text }))),
  );
}

function canaryScene(): Scene {
  return sceneWith((source) =>
    buildSessionsDb(
      source,
      usualTables(
        {
          tool_analytics: canaries('tool_analytics', {
            session_id: 's',
            tool_name: 't',
            status: 'error',
            error_type: 'e',
          }),
          system_events: canaries('system_events', { subtype: 'local_command', content: 'c' }),
          task_tracking: canaries('task_tracking', { task_id: 'A.1', outcome: 'success' }),
        },
        UNTYPED_COLUMNS,
      ),
    ),
  );
}

/** The parts of all secrets that nobody may see; what is shorter says nothing. */
const parts = all.flatMap((secret) => secret.match(/[A-Za-z0-9+/]{16,}/g) ?? []).map((part) => part.slice(0, 16));

function expectNoSecretIn(text: string, where: string): void {
  const found = parts.filter((part) => text.includes(part));
  expect(found, where).toEqual([]);
}

function expectNoSecretInFiles({ folder }: Scene): void {
  for (const name of readdirSync(folder).filter((file) => file.startsWith('org.db'))) {
    // By another process: closing a file here would drop the locks of our own connection to it.
    const text = execFileSync('cat', [join(folder, name)], { encoding: 'latin1', maxBuffer: 1e9 });
    expectNoSecretIn(text, name);
  }
}

const COMMANDS: readonly (readonly string[])[] = [
  ['--dry-run', '--format', 'ndjson'],
  ['--dry-run', '--verbose'],
  ['--format', 'ndjson'],
  ['--full', '--json', '--verbose'],
  [],
  ['verify', '--json'],
  ['verify', '--sample', '5'],
  ['status', '--json'],
  ['status'],
  ['seal', 'show'],
];

describe('no secret in any text column', () => {
  it('gets to stdout, to stderr, into org.db or into its WAL', async () => {
    const scene = canaryScene();
    await runCli([...scene.paths, '--only', 'task-completions', '--json']);
    // As long as somebody has it open, the WAL stays.
    const reader = new Database(scene.target, { readonly: true });
    reader.prepare('SELECT count(*) FROM kg_nodes').get();
    for (const command of COMMANDS) {
      const { stdout, stderr, code } = await runCli([...command, ...scene.paths]);
      expect([command, code]).toEqual([command, 0]);
      expectNoSecretIn(stdout + stderr, command.join(' '));
      expectNoSecretInFiles(scene);
    }
    expect(readdirSync(scene.folder)).toContain('org.db-wal');
    reader.close();
  });

  it('gets into edges, what they lead to, or what is told of them', async () => {
    const [scene, later] = [canaryScene(), canaryScene()];
    for (const { source } of [scene, later]) {
      const rows = all.flatMap((secret, at) => [{ id: at + 1, session_id: secret, timestamp: secret }]);
      buildSessionsDb(source, {
        entries: { columns: 'id INTEGER PRIMARY KEY, session_id TEXT, timestamp TEXT', rows },
      });
      appendRows(
        source,
        'system_events',
        rows.map(({ id }) => ({ entry_id: id, subtype: 's' })),
      );
    }
    const failing = join(scene.folder, 'failing.mjs');
    writeFileSync(
      failing,
      `export default { name: 'failing', version: 1, summary: 's', edgeType: 'FAILING',
        *link() { throw new Error(${JSON.stringify(all.join(' '))}); } };`,
    );
    const commands: readonly (readonly [code: number, words: readonly string[]])[] = [
      [0, ['run', ...scene.paths, '--edges', '--dry-run', '--json']],
      [0, ['run', ...scene.paths, '--edges', '--json']],
      [1, ['link', ...scene.paths, '--linker', failing, '--verbose', '--json']],
      [1, ['run', ...scene.paths, '--full', '--edges', '--linker', failing, '--verbose', '--json']],
      [0, ['run', ...later.paths]],
      [0, ['link', ...later.paths, '--json']],
    ];
    for (const [code, words] of commands) {
      const result = await runCli(words);
      expect([words, result.code]).toEqual([words, code]);
      expectNoSecretIn(result.stdout + result.stderr, words.join(' '));
      expectNoSecretInFiles(scene);
      expectNoSecretInFiles(later);
    }
  });

  it('is shown of what another program had written', async () => {
    const scene = canaryScene();
    await runCli([...scene.paths, '--json']);
    const db = new Database(scene.target);
    const update = db.prepare(
      "UPDATE kg_nodes SET name = ?, properties = json_object('a', ?), source_id = ? WHERE id = ?",
    );
    for (const [i, secret] of all.entries()) {
      update.run(secret, secret, secret.replaceAll(':', '%3A'), `audit_event:sys:${i + 1}`);
    }
    db.close();
    for (const flags of [['--format', 'ndjson'], ['--verbose']]) {
      const { stdout, stderr } = await runCli(['--full', '--dry-run', ...flags, ...scene.paths]);
      expect(stdout).toContain('[redacted:');
      expectNoSecretIn(stdout + stderr, flags.join(' '));
    }
    const { stdout, code } = await runCli(['verify', '--json', ...scene.paths]);
    expect(code).toBe(5);
    expectNoSecretIn(stdout, 'verify');
  });

  it.for([
    ['an extractor throws', "throw new Error('odd: ' + rows[0].content)", 1],
    ['an extractor says why it skips', "for (const row of rows) yield { skip: 'odd: ' + row.content }", 0],
    ['an extractor throws what it has from elsewhere', 'throw new Error(SECRET)', 1],
    ['an extractor makes no content', 'yield { key: [rows[0].content], name: 7, properties: {} }', 1],
  ] as const)('is in a message when %s', async ([, body, code]) => {
    const scene = canaryScene();
    const module = join(scene.folder, 'odd.js');
    writeFileSync(
      module,
      `const SECRET = ${JSON.stringify(all.join(' '))};
      export default { name: 'odd', version: 1, summary: 'odd', subtype: 'odd', prefix: 'odd', table: 'system_events',
        columns: { content: 'text' }, *extract(iterable) { const rows = [...iterable]; ${body} } };`,
    );
    const result = await runCli([...scene.paths, '--only', 'odd', '--extractor', module, '--verbose', '--json']);
    expect(result.code).toBe(code);
    expectNoSecretIn(result.stdout + result.stderr, 'messages');
    expectNoSecretInFiles(scene);
  });

  it('is in the message of a trigger that refuses a node', async () => {
    const scene = canaryScene();
    await runCli([...scene.paths, '--only', 'task-completions']);
    const db = new Database(scene.target);
    db.exec(`CREATE TABLE said(text); INSERT INTO said VALUES ('${all.join(' ').replaceAll("'", "''")}');
      CREATE TRIGGER no BEFORE INSERT ON kg_nodes WHEN NEW.id LIKE '%:sys:9%' BEGIN SELECT RAISE(ABORT, (SELECT text FROM said)); END`);
    db.close();
    const { stdout, stderr, code } = await runCli([...scene.paths, '--json', '--verbose']);
    expect(code).not.toBe(0);
    expectNoSecretIn(stdout + stderr, 'messages');
  });

  it('is in what an unknown word on the command line is answered with', async () => {
    const { stderr, stdout } = await runCli(['--json', '--only', all[0] ?? '', '-s', 'x', '-t', 'y']);
    expectNoSecretIn(stdout + stderr, 'messages');
  });
});

describe('what a user may set', () => {
  const pattern = { name: 'acme-key', pattern: 'acme-[0-9]+', flags: 'i' };
  const scene = () =>
    sceneWith((source) =>
      buildSessionsDb(source, usualTables({ system_events: [{ content: `ACME-12 ${SECRETS['npm-token']?.[0]}` }] })),
    );
  const contentOf = ({ target }: Scene): string => {
    const db = new Database(target, { readonly: true });
    const content = db.prepare<[], string>("SELECT properties ->> 'content' FROM kg_nodes").pluck().get() ?? '';
    db.close();
    return content;
  };

  it('patterns in the config file', async () => {
    const { paths, folder, target, ...rest } = scene();
    const config = writeConfig(join(folder, 'c.json'), { secretPatterns: [pattern] });
    const { stdout } = await runCli([...paths, '--json', '--config', config]);
    expect(JSON.parse(stdout).redacted).toEqual({ 'acme-key': 1, 'npm-token': 1 });
    expect(contentOf({ paths, folder, target, ...rest })).toBe('[redacted:acme-key] [redacted:npm-token]');
  });

  it.for([
    [{ redact: false }, {}, [], false],
    [{ redact: false }, {}, ['--redact'], true],
    [{ redact: true }, {}, ['--no-redact'], false],
    [{ redact: true }, { AUDIT_EXTRACT_REDACT: 'false' }, [], false],
    [{}, { AUDIT_EXTRACT_REDACT: 'true' }, [], true],
    [{}, {}, [], true],
  ] as const)('the config file %j, the environment %j and the flags %j', async ([settings, env, flags, replaced]) => {
    const { paths, folder, ...rest } = scene();
    const config = writeConfig(join(folder, 'c.json'), settings);
    await runCli([...paths, ...flags, '--config', config], { env });
    expect(contentOf({ paths, folder, ...rest }).includes('[redacted:')).toBe(replaced);
  });

  it.for([
    [{ secretPatterns: [{ ...pattern, pattern: '(' }] }, /secretPatterns\.0.*not a regular expression/],
    [{ secretPatterns: [{ ...pattern, name: 'Acme]' }] }, /secretPatterns\.0\.name/],
    [{ secretPatterns: [{ ...pattern, flags: 'y' }] }, /secretPatterns\.0\.flags/],
    [{ redact: 'no' }, /redact/],
  ] as const)('is told where %j cannot be', async ([settings, message]) => {
    const { paths, folder } = scene();
    const { code, stderr } = await runCli([...paths, '--config', writeConfig(join(folder, 'c.json'), settings)]);
    expect(code).toBe(2);
    expect(linesOf('error', stderr)).toEqual([expect.stringMatching(message)]);
  });

  it('and a schedule repeats it', async () => {
    const { paths } = scene();
    expect((await runCli(['schedule', '--cron', ...paths, '--no-redact'])).stdout).toContain(' --no-redact');
    expect((await runCli(['schedule', '--cron', ...paths])).stdout).not.toContain('redact');
  });
});
