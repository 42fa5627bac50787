import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { usualTables } from '../../fixtures/sessions-db.ts';
import { runCli, startCli } from '../support/run-cli.ts';
import { orchardScene, tablesScene } from '../support/scene.ts';

const NODES = `CREATE TABLE kg_nodes(id TEXT PRIMARY KEY, node_type TEXT, name TEXT, properties TEXT)`;

describe('a target in a state of its own', () => {
  test.for(['UTF-16le', 'UTF-16be'])(
    'in %s, with ids beyond ASCII: a full run finds all unchanged',
    async (encoding) => {
      const failure = (session: string) => ({ session_id: session, tool_name: 'T', status: 'error', error_type: 'e' });
      const { paths, target } = tablesScene(usualTables({ tool_analytics: ['X', 'Ł', '🍎', '\uffee'].map(failure) }));
      const db = new Database(target);
      db.exec(`PRAGMA encoding = '${encoding}'; ${NODES}`);
      db.close();
      expect((await runCli(paths)).code).toBe(0);
      const second = JSON.parse((await runCli([...paths, '--json', '--full'])).stdout);
      expect(second.totals).toMatchObject({ inserted: 0, updated: 0, unchanged: 4 });
    },
  );

  test('that others are just making stays theirs: no other journal mode, no table beside the one needed and our own', async () => {
    const { paths, target } = orchardScene();
    const db = new Database(target);
    onTestFinished(() => void db.close());
    db.exec('BEGIN IMMEDIATE; CREATE TABLE decisions(id)');
    const child = startCli(paths);
    await new Promise((resolve) => setTimeout(resolve, 700));
    db.exec('COMMIT');
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    expect(db.pragma('journal_mode', { simple: true })).toBe('delete');
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();
    expect(tables).toContain('audit_entries');
    expect(tables.filter((name) => !String(name).startsWith('audit_'))).toEqual(['decisions', 'kg_nodes']);
  });

  test('beside a log that must be copied, and a temporary folder that is not there: one clear error', async () => {
    const { folder, paths, target } = orchardScene();
    await runCli(paths);
    const db = new Database(target);
    db.exec('PRAGMA wal_autocheckpoint = 0; DELETE FROM kg_nodes');
    const killed = join(folder, 'killed');
    mkdirSync(killed);
    for (const name of ['org.db', 'org.db-wal']) copyFileSync(join(folder, name), join(killed, name));
    db.close();
    const args = [...paths.slice(0, 2), '-t', join(killed, 'org.db'), '--dry-run'];
    const { stderr, code } = await runCli(args, { env: { TMPDIR: '/nonexistent' } });
    expect(stderr).toMatch(
      /^error: target .*org\.db must be copied to be read, and cannot be: [^\n]+\nhint: [^\n]+\n$/,
    );
    expect(code).toBe(1);
    expect(readdirSync(killed)).toEqual(['org.db', 'org.db-wal']);
    expect((await runCli(args)).code).toBe(0);
    expect(readdirSync(killed)).toEqual(['org.db', 'org.db-wal']);
  });
});
