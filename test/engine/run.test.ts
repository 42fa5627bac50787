import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildOrchardWeek } from '../../fixtures/scenarios/orchard-week.ts';
import { appendRows, buildSessionsDb, type FixtureRow, usualTables } from '../../fixtures/sessions-db.ts';
import { builtinExtractors } from '../../src/extractors/index.ts';
import { type AnyExtractor, type Draft, defineExtractor } from '../../src/model/extractor.ts';
import { readContent, readNodes } from '../support/read-graph.ts';
import { runJob, runJobWithChanges } from '../support/run-job.ts';
import { tempFolder } from '../support/temp-folder.ts';

function orchard() {
  const folder = tempFolder();
  const source = join(folder, 'sessions.db');
  buildOrchardWeek(source);
  return { source, target: join(folder, 'org.db') };
}

const failing = (overrides: Partial<AnyExtractor>): AnyExtractor => ({
  ...defineExtractor({
    name: 'failing',
    version: 1,
    summary: 'fails',
    subtype: 'failing',
    prefix: 'failing',
    table: 'system_events',
    columns: { id: 'id' },
    *extract(rows) {
      for (const { id } of rows) yield { key: [String(id)], name: 'x', properties: {} };
    },
  }),
  ...overrides,
});

/** Yields the same drafts in every window, whatever its rows are. */
const always =
  (...drafts: readonly Draft<unknown>[]): AnyExtractor['extract'] =>
  (rows) => {
    for (const _ of rows);
    return drafts;
  };

describe('a run', () => {
  it('counts rows read, and nodes by what became of them', async () => {
    const { source, target } = orchard();
    const report = await runJob({ source, target });
    expect(report.totals).toEqual({ read: 14, inserted: 11, updated: 0, unchanged: 0, skipped: 0 });
    expect(report.extractors.map(({ read, inserted }) => [read, inserted])).toEqual([
      [8, 5],
      [4, 4],
      [2, 2],
    ]);
  });

  it('writes one time to all nodes, and moves updated_at only where content moved', async () => {
    const { source, target } = orchard();
    await runJob({ source, target, clock: () => Date.UTC(2026, 0, 1) });
    expect(new Set(readNodes(target).map((node) => node.created_at))).toEqual(new Set(['2026-01-01T00:00:00.000Z']));
    const status = await runJob({
      source,
      target,
      settings: { errorStatuses: ['error', 'success'] },
      clock: () => Date.UTC(2026, 0, 2),
    });
    const moved = readNodes(target).filter((node) => node.updated_at === '2026-01-02T00:00:00.000Z');
    expect(moved).toHaveLength(status.totals.inserted + status.totals.updated);
    expect(moved.length).toBeLessThan(readNodes(target).length);
  });

  it('shows what a node was before', async () => {
    const { source, target } = orchard();
    await runJob({ source, target });
    appendRows(source, 'tool_analytics', [
      {
        session_id: 'a11ce000-0001-4000-8000-000000000001',
        tool_name: 'Edit',
        status: 'error',
        error_type: 'string_not_found',
      },
    ]);
    const { changes } = await runJobWithChanges({ source, target });
    expect(changes).toMatchObject([
      {
        action: 'update',
        node: { name: '[ToolError] Edit (string_not_found) x2' },
        before: { name: '[ToolError] Edit (string_not_found) x1' },
      },
    ]);
  });

  it.each([
    ['entry_id', 4],
    ['entry_id % 2', 2],
    ['1.0', 4],
    ["'1'", 4],
    ['NULL', 0],
  ])('reads the rows for which SQLite finds %s true', async (sql, read) => {
    const { source, target } = orchard();
    const extractor = failing({ columns: { id: 'id', entry_id: 'value' }, where: () => ({ sql, parameters: [] }) });
    const report = await runJob({ source, target, extractors: [extractor] });
    expect(report.extractors[0]).toMatchObject({ status: 'ok', read });
  });

  it('folds the rows of one key across windows, batches and runs of the folding in memory', async () => {
    const folder = tempFolder();
    const source = join(folder, 'sessions.db');
    const row = (i: number): FixtureRow => ({
      session_id: `s${i % 25_000}`,
      tool_name: 'T',
      status: 'error',
      error_type: 'e',
    });
    buildSessionsDb(source, usualTables({ tool_analytics: Array.from({ length: 60_000 }, (_, i) => row(i)) }));
    const report = await runJob({ source, target: join(folder, 'org.db'), windowRows: 50_000 });
    expect(report.totals).toMatchObject({ read: 60_000, inserted: 25_000 });
    const counts = readContent(join(folder, 'org.db')).map(({ properties }) => JSON.parse(properties).error_count);
    expect(counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(60_000);
  });
});

describe('an extractor that fails', () => {
  const boom = () => {
    throw new TypeError('boom');
  };

  it.each([
    ['while it drafts', failing({ extract: boom })],
    ['with a key that is none', failing({ extract: always({ key: [], name: 'x', properties: {} }) })],
    ['with a name that is blank', failing({ extract: always({ key: ['a'], name: ' \n', properties: {} }) })],
    [
      'with properties that are none',
      failing({ extract: always({ key: ['a'], name: 'x', properties: JSON.parse('[]') }) }),
    ],
    ['by yielding what is no draft', failing({ extract: always(JSON.parse('7')) })],
    ['with a name that is no text', failing({ extract: always(JSON.parse('{"key":["a"],"name":7,"properties":{}}')) })],
    [
      'with whole and partial drafts of one key',
      failing({
        extract: always({ key: ['a'], name: 'x', properties: {} }, { key: ['a'], state: 1 }),
        fold: { merge: () => 1, finish: () => ({ name: 'x', properties: {} }) },
      }),
    ],
    ['with partial drafts and no fold', failing({ extract: always({ key: ['a'], state: 1 }) })],
    [
      'while it finishes',
      failing({ extract: always({ key: ['a'], state: 1 }), fold: { merge: () => 1, finish: boom } }),
    ],
    ['by a condition that is no SQL', failing({ where: () => ({ sql: 'id ===', parameters: [] }) })],
    ['by a column that is gone', failing({ columns: { id: 'id', gone: 'text' } })],
  ])('%s does not stop the others', async (_, extractor) => {
    const { source, target } = orchard();
    const report = await runJob({ source, target, extractors: [extractor, ...builtinExtractors] });
    expect(report.extractors.map(({ status }) => status)).toEqual(['failed', 'ok', 'ok', 'ok']);
    expect(report.extractors[0]?.error?.message).toMatch(/failing|gone|SQL/);
    expect(report.error).toBeUndefined();
    expect(readContent(target)).toHaveLength(11);
  });

  it('leaves no target behind when none could have succeeded', async () => {
    const { source, target } = orchard();
    const report = await runJob({ source, target, extractors: [failing({ columns: { gone: 'text' } })] });
    expect(report.error).toMatchObject({ code: 'source-column-missing' });
    expect(existsSync(target)).toBe(false);
  });

  it('writes nothing of its own when it fails half way', async () => {
    const { source, target } = orchard();
    const extractor = failing({
      *extract(rows) {
        for (const { id } of rows) {
          if (id === 3) throw new Error('half way');
          yield { key: [String(id)], name: 'x', properties: {} };
        }
      },
    });
    await runJob({ source, target, extractors: [extractor, ...builtinExtractors], windowRows: 1 });
    expect(readContent(target).filter(({ subtype }) => subtype === 'failing')).toEqual([]);
  });
});

describe('rows that make no node of their own', () => {
  it('are counted as skipped, with the reason', async () => {
    const { source, target } = orchard();
    const report = await runJob({ source, target, extractors: [failing({ extract: always({ skip: 'too small' }) })] });
    expect(report.extractors[0]).toMatchObject({ status: 'ok', skipped: 1, warnings: ['1 row skipped: too small'] });
  });

  it('are skipped when an earlier row has their id', async () => {
    const folder = tempFolder();
    const source = join(folder, 'sessions.db');
    buildSessionsDb(source, {
      system_events: {
        columns: 'id, entry_id, subtype, level, content, compact_trigger',
        rows: [{ id: 'a', content: 'first' }, { id: 'a', content: 'second' }, { content: 'no id' }],
      },
    });
    const report = await runJob({ source, target: join(folder, 'org.db'), windowRows: 1 });
    expect(report.extractors[1]).toMatchObject({ read: 3, inserted: 1, skipped: 2 });
    expect(readContent(join(folder, 'org.db')).map(({ name }) => name)).toEqual(['[System] first']);
  });
});

describe('an interruption', () => {
  it('ends the run between two batches and keeps the batches before it', async () => {
    const { source, target } = orchard();
    const controller = new AbortController();
    const clock = () => 0;
    const stopping = failing({
      appended: true,
      extract: (rows) => {
        for (const _ of rows) controller.abort('SIGTERM');
        return [];
      },
    });
    const [first, ...rest] = builtinExtractors;
    const extractors = [...(first ? [first] : []), stopping, ...rest];
    const report = await runJob({ source, target, extractors, signal: controller.signal, clock });
    expect(report.error).toMatchObject({ code: 'interrupted-sigterm' });
    expect(report.extractors.map(({ status }) => status)).toEqual(['ok', 'failed', 'skipped', 'skipped']);
    expect(readContent(target)).toHaveLength(5);
  });
});
