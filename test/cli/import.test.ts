import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImportReport } from '../../src/model/import.ts';
import { exchangedRows } from '../support/exchange-files.ts';
import { expectFailure, linesOf } from '../support/expect-failure.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { changeGraph, type GraphShape, graphWith, readAll, readValue } from '../support/graph-rows.ts';
import { expectHarmless } from '../support/hostile-scene.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene, type Scene } from '../support/scene.ts';
import { SECRETS } from '../support/secrets.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { unzip, writeZip } from '../support/zips.ts';

const ERROR = 'audit_event:err:a11ce000-0001-4000-8000-000000000001:Bash:exit_code_1';

/** A graph, exported in both ways, and the path of one that is not there. */
async function exported(): Promise<Scene & { readonly zip: string; readonly ndjson: string; readonly empty: string }> {
  const scene = orchardScene();
  const [zip, ndjson] = [join(scene.folder, 'graph.zip'), join(scene.folder, 'graph.ndjson')];
  for (const words of [
    ['run', ...scene.paths, '--edges', '--quiet'],
    ['log', 'LOGIN', '--user', 'u-17', '--key', '1', '-t', scene.target],
    ['delete', 'tool:Edit', '-t', scene.target],
    ['export', '-t', scene.target, '--include-deleted', '--out', zip],
    ['export', '-t', scene.target, '--include-deleted', '--format', 'ndjson', '--out', ndjson],
  ]) {
    expect(await runCli(words)).toMatchObject({ code: 0, stderr: '' });
  }
  return { ...scene, zip, ndjson, empty: join(scene.folder, 'empty.db') };
}

async function importing(file: string, target: string, ...flags: readonly string[]): Promise<ImportReport> {
  const { stdout } = await runCli(['import', file, '-t', target, '--json', ...flags]);
  return JSON.parse(stdout);
}

/** Lines of JSON in a file of their own. */
function fileOf(...rows: readonly unknown[]): string {
  const file = join(tempFolder(), 'rows.ndjson');
  writeFileSync(file, rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join(''));
  return file;
}

const node = (id: string, rest: Readonly<Record<string, unknown>> = {}) => ({
  table: 'kg_nodes',
  row: { id, node_type: 'note', name: id, ...rest },
});
const edge = (id: string, from: string, to: string, rest: Readonly<Record<string, unknown>> = {}) => ({
  table: 'kg_edges',
  row: { id, edge_type: 'ABOUT', from_node: from, to_node: to, ...rest },
});

describe('import', () => {
  it('makes of both files the graph that was exported: what it says, what it is found and counted by, its fingerprint', async () => {
    const { zip, ndjson, empty, target, source } = await exported();
    for (const [at, file] of [zip, ndjson].entries()) {
      const made = `${empty}.${at}`;
      const { code, stdout, stderr } = await runCli(['import', file, '-t', made]);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toBe(
        'kg_nodes: 26 inserted, 0 updated, 0 unchanged\nkg_edges: 34 inserted, 0 updated, 0 unchanged\naudit_entries: 12 inserted, 0 updated, 0 unchanged\naudit_checkpoints: 3 inserted, 0 updated, 0 unchanged\nDone: 75 inserted, 0 updated, 0 unchanged.\n',
      );
      expect(exchangedRows(made)).toEqual(exchangedRows(target));
      const asked = async (path: string) => ({
        query: (await runCli(['query', '--text', 'login', '-t', path, '--json'])).stdout,
        stats: (await runCli(['stats', '-t', path])).stdout,
        verify: (await runCli(['verify', '-s', source, '-t', path])).stdout.match(/Fingerprint \w+/)?.[0],
      });
      expect(await asked(made)).toEqual(await asked(target));
      const again = await runCli(['run', '-s', source, '-t', made, '--json']);
      expect(JSON.parse(again.stdout)).toMatchObject({ mode: 'incremental', totals: { inserted: 0, updated: 0 } });
      expect(readValue(made, 'PRAGMA foreign_key_check')).toBeUndefined();
    }
  });

  it('counts the kinds of events of a graph that has no column for them', async () => {
    const { paths, target, folder } = orchardScene();
    changeGraph(target, 'CREATE TABLE kg_nodes(id TEXT PRIMARY KEY, node_type TEXT, name TEXT, properties TEXT)');
    const [file, made] = [join(folder, 'graph.zip'), join(folder, 'made.db')];
    for (const words of [
      ['run', ...paths, '-q'],
      ['export', '-t', target, '--out', file],
      ['import', file, '-t', made],
    ]) {
      expect((await runCli(words)).code).toBe(0);
    }
    const kinds = async (path: string) => JSON.parse((await runCli(['stats', '-t', path, '--json'])).stdout).kinds;
    expect(await kinds(made)).toEqual(await kinds(target));
  });

  it('changes nothing where it says nothing new, and says so', async () => {
    const { zip, target, folder } = await exported();
    const before = stateOfFolder(folder);
    expect(await importing(zip, target)).toMatchObject({
      ...{ schema: 'audit-extract/import@1', dry_run: false, file: { path: zip }, target: { path: target } },
      ...{ inserted: 0, updated: 0, unchanged: 75, skipped: 0, bad_rows: 0, bad: [] },
    });
    expect((await runCli(['import', zip, '-t', target, '--quiet'])).stdout).toBe('');
    expect(stateOfFolder(folder)).toEqual(before);
  });

  it('says in a dry run what it would do, and writes nothing, not even a file', async () => {
    const { zip, folder, empty } = await exported();
    const before = stateOfFolder(folder);
    expect(await importing(zip, empty, '--dry-run')).toMatchObject({ dry_run: true, inserted: 75 });
    expect(stateOfFolder(folder)).toEqual(before);
  });

  it('updates what differs, keeps times of writing, and stands in the log of changes', async () => {
    const target = graphWith({ nodes: [{ id: 'note:1', type: 'note' }] });
    const old = '2020-01-02T03:04:05.678Z';
    const file = fileOf(
      node('note:1', { name: 'other', properties: '{"a":1}', created_at: old }),
      node('note:2', { created_at: old, updated_at: old }),
      node('note:3', { deleted_at: old }),
      edge('e', 'note:1', 'note:2', { created_at: old, updated_at: old }),
    );
    expect(await importing(file, target, '--actor', 'ann')).toMatchObject({ inserted: 3, updated: 1, unchanged: 0 });
    const nodes = readAll(target, 'SELECT name, properties, created_at, deleted_at FROM kg_nodes ORDER BY id');
    expect(nodes).toEqual([
      { name: 'other', properties: '{"a":1}', created_at: 'then', deleted_at: null },
      { name: 'note:2', properties: '{}', created_at: old, deleted_at: null },
      { name: 'note:3', properties: '{}', created_at: expect.stringMatching(/Z$/), deleted_at: old },
    ]);
    const { changes } = JSON.parse((await runCli(['history', '-t', target, '--json'])).stdout);
    const told = changes.map(({ operation, record_id, actor }: Record<string, string>) => [
      operation,
      record_id,
      actor,
    ]);
    expect(told.toSorted()).toEqual([
      ['insert', 'e', 'ann'],
      ['insert', 'note:2', 'ann'],
      ['insert', 'note:3', 'ann'],
      ['soft_delete', 'note:3', 'ann'],
      ['update', 'note:1', 'ann'],
    ]);
    expect(await importing(file, target)).toMatchObject({ inserted: 0, updated: 0, unchanged: 4 });
  });

  it('leaves what is deleted so', async () => {
    const target = graphWith({ nodes: [{ id: 'note:1', type: 'note', deleted: true }] });
    const file = fileOf(node('note:1', { name: 'other' }));
    expect(await importing(file, target)).toMatchObject({ updated: 1 });
    expect(readAll(target, 'SELECT name, deleted_at FROM kg_nodes')).toEqual([{ name: 'other', deleted_at: 'then' }]);
  });

  it('imports all or nothing, and names the rows that cannot come in', async () => {
    const { folder } = await exported();
    const target = graphWith({ nodes: [{ id: 'note:1', type: 'note' }] }, 'ours', join(folder, 'few.db'));
    const file = fileOf(
      node('note:2'),
      'no JSON',
      node('note:2'),
      node('', {}),
      node('x'.repeat(513)),
      node('note:3', { properties: '[1]' }),
      node('note:4', { created_at: '2026-02-30' }),
      edge('e', 'note:2', 'nobody'),
      { table: 'kg_secrets', row: {} },
      node('note:5', { name: null }),
      node('note:6', { name: true }),
      '{"table":"kg_nodes","row":{"id":"note:7","node_type":"note","name":"x","number":9007199254740993}}',
      { table: 'kg_nodes', row: { id: 'note:8' } },
      { table: 'audit_entries', row: { key: 'k', other: 1 } },
      node('note:9', { name: '\ud800' }),
    );
    const before = stateOfFolder(dirname(target));
    const { code, stdout, stderr } = await runCli(['import', file, '-t', target]);
    expect([code, stdout]).toEqual([
      1,
      `${[
        'rows.ndjson:2: it is no JSON object',
        'rows.ndjson:3: a row before it has the same key',
        'rows.ndjson:4: its id is no text',
        'rows.ndjson:5: its id has more than 512 bytes',
        'rows.ndjson:6: its properties is no JSON object',
        'rows.ndjson:7: its created_at is no date',
        'rows.ndjson:8: node nobody, at an end of the edge, is not there',
        'rows.ndjson:9: it names no table that a graph has: kg_nodes, kg_edges, audit_entries, audit_checkpoints, audit_owed, audit_replaced',
        'rows.ndjson:10: its name is missing',
        'rows.ndjson:11: its name is no value that a column can have',
        'rows.ndjson:12: its number is no value that a column can have',
        'rows.ndjson:13: it has no node_type',
        "rows.ndjson:14: audit_entries has no column 'other'",
        'rows.ndjson:15: its name is no value that a column can have',
        'Nothing imported: 14 bad rows.',
      ].join('\n')}\n`,
    ]);
    expect(linesOf('error', stderr)).toEqual([`${file} has 14 rows that cannot come in, so nothing was imported`]);
    expect(stateOfFolder(dirname(target))).toEqual(before);
    await expectFailure(['import', file, '-t', target], { code: 1, error: 'import-refused' });

    const skipping = await runCli(['import', file, '-t', target, '--skip-bad', '--format', 'ndjson']);
    const lines = skipping.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([skipping.code, lines.length]).toEqual([3, 15]);
    expect(lines[0]).toEqual({ bad: { file: 'rows.ndjson', line: 2, message: 'it is no JSON object' } });
    expect(lines.at(-1).report).toMatchObject({ inserted: 1, skipped: 14, bad_rows: 14 });
    expect(readAll(target, 'SELECT id FROM kg_nodes ORDER BY id')).toEqual([{ id: 'note:1' }, { id: 'note:2' }]);
  });

  it('names rows of a zip by the file and the line that they begin on', async () => {
    const { zip, folder, empty } = await exported();
    const files = { ...(await unzip(zip)) };
    const lines = (files['kg_nodes.csv'] ?? '').split('\r\n');
    lines.splice(2, 0, '"note:1","note",,"two', 'lines",,,,,,', '"note:2"', '"note:3","note",,"x","no JSON",,,,,');
    const broken = join(folder, 'broken.zip');
    await writeZip(broken, { ...files, 'kg_nodes.csv': lines.join('\r\n') });
    expect((await importing(broken, empty)).bad).toEqual([
      { file: 'kg_nodes.csv', line: 5, message: 'it has 1 cells, and there are 10 columns' },
      { file: 'kg_nodes.csv', line: 6, message: 'its properties is no JSON object' },
    ]);
  });

  it('names the first hundred columns that the graph has not', async () => {
    const rows = Array.from({ length: 300 }, (_, at) => node(`note:${at}`, { [`a${at}`]: 1, [`b${at}`]: 2 }));
    const report = await importing(fileOf(...rows), join(tempFolder(), 'org.db'));
    expect([report.warnings.length, report.inserted]).toEqual([100, 300]);
  });

  it('tells of the first hundred bad rows, and counts all of them', async () => {
    const report = await importing(fileOf(...Array.from({ length: 250 }, () => '[]')), join(tempFolder(), 'org.db'));
    expect([report.bad.length, report.bad_rows, report.inserted]).toEqual([100, 250, 0]);
  });

  it('lets nothing in that contradicts what is recorded', async () => {
    const { ndjson, target } = await exported();
    const rows = readAll<Record<string, string>>(target, `SELECT * FROM kg_nodes WHERE id = '${ERROR}'`);
    const entry = readAll<Record<string, unknown>>(
      target,
      "SELECT key, drafts, state, leaf, first, last, session, user, what, how, days FROM audit_entries WHERE key LIKE 'err:a11ce%:Bash:%'",
    )[0];
    const file = fileOf(
      { table: 'kg_nodes', row: { ...rows[0], name: 'nothing happened' } },
      { table: 'audit_entries', row: { ...entry, drafts: 1 } },
    );
    expect((await importing(file, target)).bad.map(({ message }) => message)).toEqual([
      'the event is recorded already, and says something else',
      'the event is recorded already, with other content',
    ]);
    // What somebody else has altered comes back.
    changeGraph(target, `UPDATE kg_nodes SET name = 'nothing happened' WHERE id = '${ERROR}'`);
    expect(await importing(ndjson, target)).toMatchObject({ inserted: 0, updated: 1, bad_rows: 0 });
    expect(readValue(target, `SELECT name FROM kg_nodes WHERE id = '${ERROR}'`)).toBe(rows[0]?.['name']);
  });

  it.each(['ours', 'indexed', 'bare', 'odd'] as const)(
    'puts rows into a graph of others that is %s, and says which columns it has not',
    async (shape: GraphShape) => {
      const target = graphWith({ nodes: [{ id: 'a', type: 'note' }] }, shape);
      const file = fileOf(
        node('b', { 'my "own"': 'x', deleted_at: '2026-01-01' }),
        edge('e', 'a', 'b', { weight: 0.5 }),
      );
      const { code, stderr } = await runCli(['import', file, '-t', target]);
      expect(code).toBe(0);
      expect(linesOf('warning', stderr).some((line) => line.includes('my "own"'))).toBe(shape !== 'odd');
      expect(linesOf('warning', stderr).some((line) => line.includes('weight'))).toBe(shape !== 'bare');
      expect(JSON.parse((await runCli(['show', 'b', '-t', target, '--json'])).stdout)).toMatchObject({ deleted: true });
      expect(await importing(file, target)).toMatchObject({ unchanged: 2, inserted: 0 });
      const again = (await runCli(['export', '-t', target, '--include-deleted', '--format', 'ndjson'])).stdout;
      expect(JSON.parse(again.split('\n')[1] ?? '').row).toMatchObject({ id: 'b', deleted_at: '2026-01-01' });
    },
  );

  const theirs = (more: string, after = '') => `
    CREATE TABLE kg_nodes(id TEXT PRIMARY KEY, node_type TEXT, subtype TEXT, name TEXT, properties TEXT${more};
    INSERT INTO kg_nodes(id, node_type, name) VALUES ('old', 'note', 'old'); ${after}`;
  const guard = (when: string, what: string) =>
    theirs(')', `CREATE TRIGGER guard BEFORE INSERT ON kg_nodes WHEN ${when} BEGIN SELECT ${what}; END`);
  it.each([
    ['that a CHECK keeps out', theirs(", CHECK(node_type <> 'bad'))"), { node_type: 'bad' }, /checks for/],
    ['that an update would break', theirs(", CHECK(name <> 'bad'))"), { id: 'old', name: 'bad' }, /checks for/],
    ['that lacks a value', theirs(", kind TEXT NOT NULL DEFAULT 'x')"), { kind: null }, /kind must have a value/],
    ['of another type', theirs(', rank INTEGER) STRICT'), { rank: 'high' }, /of another type/],
    ['that a trigger keeps out', guard("NEW.name = 'bad'", "RAISE(ABORT, 'no')"), { name: 'bad' }, /says "no"/],
    ['that a trigger undoes', guard("NEW.name = 'bad'", "RAISE(ROLLBACK, 'no')"), { name: 'bad' }, /says "no"/],
    ['that a trigger passes over', guard("NEW.name = 'bad'", 'RAISE(IGNORE)'), { name: 'bad' }, /does not keep it/],
    ['like one before it', theirs(', rank INTEGER UNIQUE)'), { rank: 1 }, /rank must be unique/],
    [
      'like one that is there',
      theirs(', rank INTEGER)', 'UPDATE kg_nodes SET rank = 7; CREATE UNIQUE INDEX ranks ON kg_nodes(rank)'),
      { rank: 7 },
      /rank must be unique/,
    ],
  ] as const)(
    'names a row by file and line %s, in a table of others, and imports nothing',
    async (_, sql, row, says) => {
      const target = join(tempFolder(), 'org.db');
      changeGraph(target, sql);
      const before = stateOfFolder(dirname(target));
      const good = Array.from({ length: 600 }, (__, at) =>
        node(`note:${at}`, at === 0 && 'rank' in row ? { rank: 1 } : {}),
      );
      const file = fileOf(...good, node('bad', row), node('last'));
      for (const flags of [['--dry-run'], []]) {
        const report = await importing(file, target, ...flags);
        expect(report.bad).toEqual([{ file: 'rows.ndjson', line: 601, message: expect.stringMatching(says) }]);
        expect(stateOfFolder(dirname(target))).toEqual(before);
      }
      expect(await importing(file, target, '--skip-bad')).toMatchObject({ inserted: 601, updated: 0, bad_rows: 1 });
      expect(readValue(target, 'SELECT count(*) FROM kg_nodes')).toBe(602);
      expect(readValue(target, "SELECT name FROM kg_nodes WHERE id = 'old'")).toBe('old');
    },
  );

  it('names a row that is refused by what only the graph itself can tell, and skips it if asked to', async () => {
    const target = join(tempFolder(), 'org.db');
    const sum = "RAISE(ABORT, 'enough') FROM kg_nodes WHERE NEW.name = 'bad' GROUP BY 1 HAVING count(*) > 500";
    changeGraph(target, guard('TRUE', sum));
    const good = Array.from({ length: 600 }, (_, at) => node(`note:${at}`));
    const file = fileOf(...good, node('b', { name: 'bad' }), node('c'), node('d', { name: 'bad' }));
    const failed = await runCli(['import', file, '-t', target]);
    expect([failed.code, failed.stderr]).toEqual([1, expect.stringMatching(/rows.ndjson:601: .*"enough"/)]);
    const report = await importing(file, target, '--skip-bad');
    expect(report.bad.map(({ line }) => line)).toEqual([601, 603]);
    expect(readValue(target, 'SELECT count(*) FROM kg_nodes')).toBe(602);
  });

  it('keeps secrets out: of texts they are taken, ids that hold one do not come in', async () => {
    const [secret = ''] = Object.values(SECRETS).flat();
    const target = join(tempFolder(), 'org.db');
    const file = fileOf(node('note:1', { name: secret, properties: JSON.stringify({ a: secret }) }));
    expect(await importing(file, target)).toMatchObject({ inserted: 1 });
    expect(JSON.stringify(readAll(target, 'SELECT * FROM kg_nodes'))).not.toContain(secret);
    const { stdout, stderr } = await runCli(['import', fileOf(node(`note:${secret}`)), '-t', target]);
    expect(stdout).toMatch(/rows.ndjson:1: its id has a secret in it/);
    expect(stdout + stderr).not.toContain(secret);
    const columns = await importing(fileOf(node('note:2', { [secret]: 1 })), target);
    expect([columns.inserted, columns.warnings.length]).toEqual([1, 1]);
    expect(JSON.stringify(columns)).not.toContain(secret);
  });

  it('shows a terminal nothing that acts on it', async () => {
    const bad = Object.values(HOSTILE_TEXTS).flatMap((text) => [edge('e', text, text), node('n', { [text]: true })]);
    for (const format of ['table', 'json', 'ndjson']) {
      const { stdout, stderr } = await runCli([
        'import',
        fileOf(...bad),
        '-t',
        '/tmp/none/../none.db',
        '--format',
        format,
      ]);
      expectHarmless(stdout + stderr, format);
    }
  });

  it('refuses what makes no sense', async () => {
    const { zip, folder, target } = await exported();
    const into = ['-t', join(folder, 'new.db')];
    await expectFailure(['import', join(folder, 'none.zip'), ...into], { code: 2, error: 'usage' });
    await expectFailure(['import', folder, ...into], { code: 2, error: 'usage', says: /is not a file/ });
    await expectFailure(['import', ...into], { code: 2, error: 'usage' });
    await expectFailure(['import', zip, ...into, '--bad'], { code: 2, error: 'usage' });
    await expectFailure(['import', zip, ...into, '--actor', ''], { code: 2, error: 'usage' });
    await expectFailure(['import', target, ...into], { code: 2, error: 'exchange-invalid', says: /no UTF-8/ });
    const csv = await runCli(['import', zip, ...into, '--format', 'csv']);
    expect(csv.code).toBe(2);
  });
});
