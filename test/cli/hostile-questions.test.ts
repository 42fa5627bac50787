import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvCells } from '../support/csv-cells.ts';
import { buildHostileSource, expectHarmless } from '../support/hostile-scene.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { runCli, startCli } from '../support/run-cli.ts';

const texts = Object.values(HOSTILE_TEXTS);
/** What a spreadsheet takes for a formula, at the beginning of a cell. */
const FORMULA = /^[=+\-@\t\r]/;

/** In CSV lines end as RFC 4180 has it, and no cell is a formula. */
function expectHarmlessAs(format: string, stdout: string): void {
  expectHarmless(format === 'csv' ? stdout.replaceAll('\r\n', '\n') : stdout, 'stdout');
  if (format !== 'csv') return;
  for (const cell of csvCells(stdout).flat()) expect(cell).not.toMatch(FORMULA);
}

const FORMATS = ['table', 'json', 'ndjson', 'csv'] as const;
const QUESTIONS = [
  ['query', '--limit', '10000'],
  ['query', '--type', 'tool'],
  ['query', '--type', 'session', '--sort', 'name'],
  ['query', '--type', 'user'],
  ['stats'],
  ['stats', '--by', 'session'],
  ['trail'],
] as const;

describe('whatever the texts of a graph are', () => {
  const folder = mkdtempSync(join(tmpdir(), 'audit-extract-test-'));
  const [source, target] = [join(folder, 'sessions.db'), join(folder, 'org.db')];
  let ids: readonly string[] = [];

  beforeAll(async () => {
    buildHostileSource(source);
    expect(await runCli(['run', '-s', source, '-t', target, '--edges', '--quiet'])).toMatchObject({ code: 0 });
    const actions = texts
      .filter((text) => text.length < 400)
      .map((text) => ({ action: `A ${text}`, user: text, user_name: text, category: text, details: { [text]: text } }));
    const log = startCli(['log', '--stdin', '-t', target, '--quiet']);
    log.stdin.end(actions.map((action) => `${JSON.stringify(action)}\n`).join(''));
    expect(await new Promise((resolve) => log.on('close', resolve))).toBe(0);
    const db = new Database(target, { readonly: true });
    ids = db.prepare<[], string>('SELECT id FROM kg_nodes WHERE rowid % 7 = 0').pluck().all();
    db.close();
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.for(QUESTIONS.flatMap((question) => FORMATS.map((format) => [question, format] as const)))(
    '%j as %s is harmless',
    async ([question, format]) => {
      const { stdout, stderr, code } = await runCli([...question, '-t', target, '--format', format]);
      expect(code, stderr).toBe(0);
      expectHarmlessAs(format, stdout);
      expectHarmless(stderr, 'stderr');
      if (format === 'json') expect(JSON.parse(stdout)).toHaveProperty('schema');
    },
  );

  it.for(['table', 'json', 'ndjson', 'csv', 'mermaid', 'dot', 'svg'])(
    'a neighbourhood as %s is harmless',
    async (format) => {
      for (const id of ids.slice(0, 8)) {
        const { stdout, stderr, code } = await runCli(['neighbors', '-t', target, '--format', format, '--', id]);
        expect(code, stderr).toBe(0);
        expectHarmlessAs(format, stdout);
        expectHarmless(stderr, id);
      }
    },
  );

  it('what is said of one node is harmless', async () => {
    for (const id of ids.slice(0, 15)) {
      for (const words of [['show'], ['explain'], ['show', '--json'], ['show', '--format', 'csv']]) {
        const { stdout, stderr, code } = await runCli([...words, '-t', target, '--', id]);
        expect(code, stderr).toBe(0);
        expectHarmlessAs(words.at(-1) ?? '', stdout);
        expectHarmless(stderr, id);
      }
    }
  });

  it('what a user did is harmless', async () => {
    for (const text of texts.filter((one) => !one.includes('\0') && one.length < 400).slice(0, 15)) {
      const { stdout, stderr, code } = await runCli(['activity', '-t', target, '--', text]);
      expect(code, stderr).toBe(0);
      expectHarmless(stdout + stderr, text);
    }
  });
});
