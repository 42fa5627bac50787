import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { csvCells } from '../support/csv-cells.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { changeGraph, readValue } from '../support/graph-rows.ts';
import { expectHarmless } from '../support/hostile-scene.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { readActions } from '../support/read-actions.ts';
import { readEdges } from '../support/read-edges.ts';
import { readNodes } from '../support/read-graph.ts';
import { type CliOptions, runCli } from '../support/run-cli.ts';
import { orchardScene } from '../support/scene.ts';
import { tempFolder } from '../support/temp-folder.ts';

const UUID_7 = /^audit_event:log:[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** A folder, and `log` in it. */
function scene() {
  const folder = tempFolder();
  const target = join(folder, 'org.db');
  const log = (args: readonly string[], options: CliOptions = {}) =>
    runCli(['log', ...args, '-t', target], { folder, ...options });
  return { folder, target, log };
}

/** The details that are stored of an action, as text; undefined where it has none. */
function storedDetails(target: string): string | undefined {
  const [action] = readActions(target);
  return action?.json.split(',"details":')[1]?.slice(0, -1);
}

describe('log', () => {
  it('writes an event, its edge from the trail and its edge to the user', async () => {
    const { target, log } = scene();
    const words = ['LOGIN', '--user', 'u-17', '--user-name', 'Ann Lee', '--category', 'SECURITY', '--key', 'k'];
    const { code, stdout, stderr } = await log([
      ...words,
      '--timestamp',
      '2026-02-05 10:00:00',
      '--details',
      '{"a": 1}',
    ]);
    expect([code, stdout, stderr]).toEqual([0, 'Logged: audit_event:log:k\n', '']);
    expect(readActions(target)).toMatchObject([
      {
        id: 'audit_event:log:k',
        name: '[Action] LOGIN by Ann Lee',
        source_id: 'k',
        json: '{"eventType":"LOGIN","eventCategory":"SECURITY","timestamp":"2026-02-05 10:00:00","userUID":"u-17","userName":"Ann Lee","details":{"a":1}}',
      },
    ]);
    expect(readEdges(target)).toEqual({
      edges: ['HAS_EVENT:audit_trail%3Amain->audit_event%3Alog%3Ak', 'PERFORMED_BY:audit_event%3Alog%3Ak->user%3Au-17'],
      entities: ['audit_trail:main', 'user:u-17'],
    });
  });

  it('without a user it is the system’s own, of now, and has an id of its own', async () => {
    const { target, log } = scene();
    expect(await log(['NIGHTLY_BACKUP'])).toMatchObject({ code: 0, stderr: '' });
    const [action] = readActions(target);
    expect(action).toMatchObject({
      id: expect.stringMatching(UUID_7),
      name: '[Action] NIGHTLY_BACKUP by the system',
      properties: {
        eventType: 'NIGHTLY_BACKUP',
        eventCategory: 'USER_ACTION',
        timestamp: expect.stringMatching(INSTANT),
      },
    });
    expect(Object.keys(action?.properties ?? {})).toEqual(['eventType', 'eventCategory', 'timestamp']);
    expect(readEdges(target).entities).toEqual(['audit_trail:main']);
  });

  it('says that a trail which is named is new, where the graph has another one', async () => {
    const { log } = scene();
    expect(await log(['A', '--trail', 'team'])).toMatchObject({ code: 0, stderr: '' });
    const { stderr, stdout } = await log(['B', '--trail', 'taem', '--json']);
    const warning = 'the graph has another trail, and no audit_trail:taem: it is made with its first event';
    expect([stderr, JSON.parse(stdout).warnings]).toEqual([`warning: log: ${warning}\n`, [warning]]);
    expect(await log(['C', '--trail', 'taem'])).toMatchObject({ stderr: '' });
  });

  it('says that its trail is deleted or none, as no trail shows what hangs there', async () => {
    const { target, log } = scene();
    expect(await log(['A'])).toMatchObject({ code: 0, stderr: '' });
    const warning = 'node audit_trail:main is there, but is deleted or no trail: no trail shows what hangs on it';
    for (const change of ["deleted_at = '2026-03-01'", "deleted_at = NULL, node_type = 'Folder'"]) {
      changeGraph(target, `UPDATE kg_nodes SET ${change} WHERE id = 'audit_trail:main'`);
      const { code, stderr, stdout } = await log(['B', '--json']);
      expect([code, stderr, JSON.parse(stdout).warnings]).toEqual([0, `warning: log: ${warning}\n`, [warning]]);
    }
    expect(await log(['C', '--trail', 'team'])).toMatchObject({ code: 0, stderr: '' });
    const named = await log(['D', '--trail', 'main', '--json']);
    expect(JSON.parse(named.stdout).warnings).toEqual([warning]);
  });

  it('tells what it did as a table, json, ndjson and csv', async () => {
    const { target, log } = scene();
    const told = async (format: string, key: string) => (await log(['A', '--format', format, '--key', key])).stdout;
    expect(await told('table', '1')).toBe('Logged: audit_event:log:1\n');
    expect(await told('table', '1')).toBe('Logged before: audit_event:log:1\n');
    const counts = {
      schema: 'audit-extract/log@1',
      logged: 1,
      already_logged: 0,
      target: { path: target },
      warnings: [],
    };
    expect(JSON.parse(await told('json', '2'))).toEqual({ ...counts, ids: ['audit_event:log:2'] });
    expect(JSON.parse((await log(['A', '--json', '--quiet', '--key', '2'])).stdout)).toMatchObject({
      logged: 0,
      already_logged: 1,
    });
    expect(await told('ndjson', '3')).toBe('{"id":"audit_event:log:3"}\n');
    expect(await told('csv', '4')).toBe('id\r\naudit_event:log:4\r\n');
    expect((await log(['A', '--quiet'])).stdout).toBe('');
  });

  it('ends its help in examples', async () => {
    const { stdout, stderr, code } = await runCli(['log', '--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/\nExamples:\n( {2}\$ audit-extract log .*\n)+$/);
  });
});

describe('the details of an action', () => {
  const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

  it.for([
    [
      'digits beyond a double',
      '{ "id" : 9007199254740993, "rate": 1.10, "all": 1e400 }',
      '{"id":9007199254740993,"rate":1.10,"all":1e400}',
    ],
    ['a name twice', '{"a":1,"a":2}', '{"a":1,"a":2}'],
    [
      'names of every object',
      '{"__proto__":{"uid":"root"},"constructor":1}',
      '{"__proto__":{"uid":"root"},"constructor":1}',
    ],
    ['no half of a character', '{"\\uD83D":"\\ude00 \\ud83d\\ude00"}', '{"\ufffd":"\ufffd 😀"}'],
    ['characters as they are escaped', '"\\ud83d\\ude00"', '"\\ud83d\\ude00"'],
    ['controls', '"\\u0000\\u001b[31m\\u202e"', '"\\u0000\\u001b[31m\\u202e"'],
    ['layout in texts', ' "a  b" ', '"a  b"'],
    ['a list', '[1,\n2]', '[1,2]'],
    ['a number', '-5', '-5'],
    ['false', 'false', 'false'],
    ['an empty text', '""', '""'],
    ['null, which says nothing', ' null ', undefined],
    ['500 levels of nesting', nested(500), nested(500)],
  ] as const)('keep %s', async ([, given, stored]) => {
    const { target, log } = scene();
    expect(await log(['A', '--user', 'u', `--details=${given}`])).toMatchObject({ code: 0, stderr: '' });
    expect(storedDetails(target)).toBe(stored);
    expect(readValue(target, "SELECT properties ->> 'eventType' FROM kg_nodes WHERE subtype = 'user_action'")).toBe(
      'A',
    );
    for (const question of [['activity', 'u'], ['query', '--text', 'A'], ['trail'], ['show', 'user:u']]) {
      const { code, stderr } = await runCli([...question, '--json', '-t', target]);
      expect([question, code, stderr]).toEqual([question, 0, '']);
    }
  });

  it('come from a file, named from the working folder, or from standard input', async () => {
    const { folder, target, log } = scene();
    writeFileSync(join(folder, 'd.json'), '\ufeff{"from":\r\n"a file"}\r\n');
    await log(['A', '--details', '@d.json']);
    await log(['B', '--details', `@${join(folder, 'd.json')}`]);
    await log(['C', '--details', '-'], { input: '{"from":"standard input"}' });
    const details = readActions(target).map(({ properties }) => properties['details']);
    expect(details).toEqual([{ from: 'a file' }, { from: 'a file' }, { from: 'standard input' }]);
  });

  it('may have 65,536 bytes, and no more', async () => {
    const { target, log } = scene();
    const ofBytes = (bytes: number) => JSON.stringify('é'.repeat((bytes - 2) / 2));
    expect(await log(['A', '--details', '-'], { input: ofBytes(65_536) })).toMatchObject({ code: 0, stderr: '' });
    const { code, stderr } = await log(['A', '--details', '-'], { input: ofBytes(65_538) });
    expect([code, stderr]).toEqual([
      2,
      'error: the details have 65538 bytes, and may have 65536\nhint: log where they can be found\n',
    ]);
    expect(readActions(target)).toHaveLength(1);
  });
});

describe('what cannot be logged is refused, and nothing is written', () => {
  it.for<[args: readonly string[], error: string, says: string | RegExp, input?: string]>([
    [['--user', 'u'], 'usage', 'by its name, or actions with --stdin'],
    [['A', '--stdin'], 'usage', 'by its name, or actions with --stdin'],
    [['--stdin', '--user', ''], 'usage', 'each line of standard input says all'],
    [['--stdin', '--details', ''], 'usage', 'each line of standard input says all'],
    [['A', '--user', ''], 'usage', '--user is empty'],
    [['A', '--user', '', '--user-name', ''], 'usage', '--user is empty'],
    [['A', '--key', ''], 'usage', '--key is empty'],
    [['A', 'B'], 'usage', 'too many arguments'],
    [['A', '--usr', 'u'], 'usage', "unknown option '--usr'"],
    [['A', '--format', 'xml'], 'usage', '--format'],
    [['A', '--wait', 'long'], 'usage', '--wait'],
    [['A', '--trail', ' '], 'usage', '--trail'],
    [[''], 'action-invalid', 'the action is empty'],
    [[' \t\u2028'], 'action-invalid', 'the action is empty'],
    [['x'.repeat(100_000)], 'action-invalid', 'the action has more than 500 characters'],
    [['A', '--user', 'x'.repeat(501)], 'action-invalid', 'the user has more than 500'],
    [['A', '--user', 'u', '--user-name', 'x'.repeat(501)], 'action-invalid', "the user's name has more than 500"],
    [['A', '--category', 'x'.repeat(501)], 'action-invalid', 'the category has more than 500'],
    [['A', '--key', 'x'.repeat(501)], 'action-invalid', 'the key has more than 500'],
    [['A', '--user-name', 'Ann'], 'action-invalid', 'a name and no id'],
    [['A', '--timestamp', 'soon'], 'action-invalid', "the timestamp 'soon' is no date"],
    [['A', '--timestamp', '2026-02-30'], 'action-invalid', 'is no date'],
    [['A', '--timestamp', ''], 'action-invalid', 'is no date'],
    [['A', '--details', '{"a":'], 'action-invalid', 'the details are no JSON'],
    [['A', '--details', ''], 'action-invalid', 'the details are no JSON'],
    [['A', '--details', '{} {}'], 'action-invalid', 'the details are no JSON'],
    [['A', '--details', '-'], 'action-invalid', 'the details are no JSON', ''],
    [['A', '--details', '['.repeat(501) + ']'.repeat(501)], 'action-invalid', 'the details are nested 501 levels deep'],
    [['A', '--details', '-'], 'action-invalid', 'nested 30000 levels', '['.repeat(30_000) + ']'.repeat(30_000)],
    [['A', '--details', '@none.json'], 'usage', /none\.json cannot be read: ENOENT/],
    [['A', '--details', '@.'], 'usage', /cannot be read: EISDIR/],
    [['A', '--details', '@/dev/zero'], 'action-invalid', /the details have \d+ bytes/],
  ])('%j', async ([args, error, says, input = '']) => {
    const { folder, target } = scene();
    await expectFailure(['log', ...args, '-t', target], { code: 2, error, says }, { folder, input });
    expect(stateOfFolder(folder)).toEqual({});
  });

  it.for([
    ['.', 2, 'target-not-a-file'],
    ['missing/org.db', 2, 'target-folder-missing'],
    ['postgres://ann:secret@localhost/db', 2, 'usage'],
    ['text.txt', 4, 'target-not-a-database'],
    ['odd.db', 4, 'target-schema'],
  ] as const)('in %s', async ([target, code, error]) => {
    const { folder } = scene();
    writeFileSync(join(folder, 'text.txt'), 'no database\n'.repeat(100));
    const db = new Database(join(folder, 'odd.db'));
    db.exec('CREATE TABLE kg_nodes(id TEXT PRIMARY KEY, title TEXT)');
    db.close();
    const before = stateOfFolder(folder);
    await expectFailure(['log', 'A', '-t', target], { code, error }, { folder });
    expect(stateOfFolder(folder)).toEqual(before);
  });
});

describe('an action with a key', () => {
  const SAME = ['A', '--user', 'u', '--category', 'C', '--details', '{"n":1}', '--key', 'k'];

  it('is logged once, however often it is logged', async () => {
    const { target, log } = scene();
    await log(SAME);
    const before = readNodes(target);
    expect((await log(SAME)).stdout).toBe('Logged before: audit_event:log:k\n');
    expect(await log([...SAME, '--details', '{ "n": 1 }'])).toMatchObject({ code: 0 });
    expect(readNodes(target)).toEqual(before);
  });

  it.for([
    ['B', '--user', 'u', '--category', 'C', '--details', '{"n":1}'],
    ['A', '--user', 'v', '--category', 'C', '--details', '{"n":1}'],
    ['A', '--category', 'C', '--details', '{"n":1}'],
    ['A', '--user', 'u', '--details', '{"n":1}'],
    ['A', '--user', 'u', '--category', 'C', '--details', '{"n":2}'],
    ['A', '--user', 'u', '--category', 'C'],
    ['A', '--user', 'u', '--category', 'C', '--details', '{"n":1}', '--timestamp', '2026-01-01'],
  ])('is not another one: %j is refused', async (args) => {
    const { target, log } = scene();
    await log(SAME);
    const before = readNodes(target);
    const says = 'another action is logged as audit_event:log:k already';
    await expectFailure(['log', ...args, '--key', 'k', '-t', target], { code: 6, error: 'action-differs', says });
    expect(readNodes(target)).toEqual(before);
  });

  it.for([
    ['and all that led to it', "DELETE FROM kg_edges; DELETE FROM kg_nodes WHERE id LIKE 'audit_event:%'"],
    ['alone', "PRAGMA foreign_keys = OFF; DELETE FROM kg_nodes WHERE id LIKE 'audit_event:%'"],
  ])('whose node was removed by hand, %s, is written anew', async ([, sql]) => {
    const { target, log } = scene();
    await log(SAME);
    const before = readEdges(target);
    changeGraph(target, sql ?? '');
    expect(readActions(target)).toEqual([]);
    expect((await log(SAME)).stdout).toBe('Logged: audit_event:log:k\n');
    expect(readActions(target)).toMatchObject([{ id: 'audit_event:log:k', properties: { details: { n: 1 } } }]);
    expect(readEdges(target)).toEqual(before);
    expect((await log(SAME)).stdout).toBe('Logged before: audit_event:log:k\n');
    const { stdout } = await runCli(['activity', 'u', '--json', '-t', target]);
    expect(JSON.parse(stdout).actions).toMatchObject([{ id: 'audit_event:log:k', action: 'A' }]);
    const { source } = orchardScene();
    expect(await runCli(['verify', '--seals', '-s', source, '-t', target])).toMatchObject({ code: 0, stderr: '' });
  });

  it('has its own id, whatever the key looks like', async () => {
    const { target, log } = scene();
    const keys = ['a:b', 'a%3Ab', 'a b', '__proto__', '../x', 'é'.repeat(400), `${'é'.repeat(399)}e`, '\u202e'];
    for (const key of keys) expect(await log(['A', '--key', key])).toMatchObject({ code: 0 });
    const ids = readActions(target).map(({ id }) => id);
    expect(new Set(ids).size).toBe(keys.length);
    expect(ids.slice(0, 5)).toEqual(
      ['a%3Ab', 'a%253Ab', 'a b', '__proto__', '../x'].map((key) => `audit_event:log:${key}`),
    );
    for (const id of ids) expect(Buffer.byteLength(id)).toBeLessThanOrEqual(512);
  });
});

describe('hostile texts', () => {
  const texts = Object.values(HOSTILE_TEXTS).filter((text) => !text.includes('\0') && text.length < 500);

  it('are stored as they are, and harmless in what is told', async () => {
    const { target, log } = scene();
    for (const [at, text] of texts.entries()) {
      const format = ['table', 'json', 'ndjson', 'csv'][at % 4] ?? 'table';
      const all = [
        '--category',
        text,
        '--user',
        text,
        '--user-name',
        text,
        '--key',
        text,
        '--details',
        JSON.stringify({ [text]: text }),
      ];
      const { code, stdout, stderr } = await log([`A${text}`, ...all, '--format', format]);
      expect([text, code, stderr]).toEqual([text, 0, '']);
      expectHarmless(stdout.replaceAll('\r\n', '\n'), text);
      if (format === 'csv') for (const cell of csvCells(stdout).flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }
    expect(readActions(target).map(({ properties }) => properties)).toMatchObject(
      texts.map((text) => ({
        eventType: `A${text}`,
        eventCategory: text,
        userUID: text,
        userName: text,
        details: { [text]: text },
      })),
    );
  });

  it('are harmless in errors', async () => {
    const { folder, log } = scene();
    mkdirSync(join(folder, 'sub'));
    for (const [at, text] of texts.entries()) {
      const flags = [`--timestamp=${text}`, `--details=${text}`, `--details=@sub/${text}`];
      const { code, stdout, stderr } = await log(['A', flags[at % flags.length] ?? '']);
      expect([text, code, stdout]).toEqual([text, 2, '']);
      expect(stderr).toMatch(/^error: [^\n]+\nhint: [^\n]+\n$/);
      expectHarmless(stderr, text);
    }
  });
});
