import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildOrchardWeek } from '../../fixtures/scenarios/orchard-week.ts';
import { appendRows } from '../../fixtures/sessions-db.ts';
import { readContent } from '../support/read-graph.ts';
import { runCli } from '../support/run-cli.ts';
import { tempFolder } from '../support/temp-folder.ts';

const EXAMPLE = join(import.meta.dirname, '../../docs/examples/slow-tools.js');

const SMALL = `export default {
  name: 'notes', version: 1, summary: 'notes', subtype: 'note', prefix: 'note',
  table: 'system_events', columns: { id: 'id', content: 'text' },
  *extract(rows) { for (const { id, content } of rows) yield { key: [String(id)], name: content ?? 'none', properties: {} }; },
};`;

const SESSIONS = `export default {
  name: 'moments', version: 1, summary: 'moments', subtype: 'moment', prefix: 'mom', appended: true,
  table: 'system_events', columns: { id: 'id', entry_id: 'value' },
  lookup: { table: 'entries', key: 'entry_id', columns: { session_id: 'text', timestamp: 'text' } },
  *extract(rows) {
    for (const { id, session_id, timestamp } of rows)
      yield { key: [String(id)], name: 'moment', properties: { session_id, timestamp } };
  },
};`;

function scene() {
  const folder = tempFolder();
  buildOrchardWeek(join(folder, 'sessions.db'));
  return { folder, files: ['-s', 'sessions.db', '-t', 'org.db', '--json'] };
}

describe('--extractor', () => {
  it('runs the example of the documentation beside the built-in extractors', async () => {
    const { folder, files } = scene();
    const { stdout, stderr, code } = await runCli([...files, '--extractor', EXAMPLE], { folder });
    expect([stderr, code]).toEqual(['', 0]);
    expect(JSON.parse(stdout).extractors.map(({ name }: { name: string }) => name)).toContain('slow-tools');
    expect(JSON.parse(stdout).modules).toEqual([{ extractor: 'slow-tools', version: 1, path: EXAMPLE }]);
    const [node] = readContent(join(folder, 'org.db')).filter(({ subtype }) => subtype === 'slow_tool');
    expect(node).toEqual({
      id: 'audit_event:slow:mcp__weather__forecast',
      node_type: 'audit_event',
      subtype: 'slow_tool',
      name: '[SlowTool] mcp__weather__forecast x1',
      properties: '{"tool_name":"mcp__weather__forecast","calls":1,"slowest_ms":30000}',
      source_table: 'tool_analytics',
      source_id: 'mcp__weather__forecast',
      deleted_at: null,
    });
  });

  it('finds a package from the folder the command is typed in, and can be selected by name', async () => {
    const { folder, files } = scene();
    mkdirSync(join(folder, 'node_modules/audit-notes'), { recursive: true });
    writeFileSync(
      join(folder, 'node_modules/audit-notes/package.json'),
      '{"name":"audit-notes","type":"module","main":"notes.js"}',
    );
    writeFileSync(join(folder, 'node_modules/audit-notes/notes.js'), SMALL);
    const { stdout, code } = await runCli([...files, '--extractor', 'audit-notes', '--only', 'notes'], { folder });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).totals.inserted).toBe(4);
  });

  it.each([
    ['in this thread', 1],
    ['in a thread of its own', 300_000],
  ])('looks up what another table says of a row, %s', async (_, id) => {
    const { folder, files } = scene();
    appendRows(join(folder, 'sessions.db'), 'system_events', [{ id: id + 100, entry_id: 10 }]);
    writeFileSync(join(folder, 'moments.mjs'), SESSIONS);
    const more = ['--extractor', './moments.mjs', '--only', 'moments'];
    const { stdout, code } = await runCli([...files, ...more], { folder });
    expect([code, JSON.parse(stdout).extractors[0].warnings]).toEqual([0, []]);
    const nodes = new Map(readContent(join(folder, 'org.db')).map((node) => [node.id, node.properties]));
    expect(nodes.get('audit_event:mom:4')).toBe('{}');
    expect(nodes.get(`audit_event:mom:${id + 100}`)).toBe(
      '{"session_id":"a11ce000-0001-4000-8000-000000000001","timestamp":"2026-03-01T08:00:00.000Z"}',
    );
  });

  it.each([
    ['is not there', undefined, 'could not be loaded'],
    ['does not parse', 'export default {', 'could not be loaded'],
    ['throws', 'throw new Error("boom")', 'boom'],
    ['exports nothing by default', 'export const extractor = {}', 'default'],
    ['lacks a function', SMALL.replace('*extract', '*extracts'), 'extract'],
    ['has a column kind that is none', SMALL.replace("'text'", "'words'"), 'columns'],
    ['looks up by a column it does not read', SESSIONS.replace("key: 'entry_id'", "key: 'toString'"), 'lookup.key'],
    ['looks up a column of its own', SESSIONS.replace('session_id:', 'entry_id:'), 'lookup.columns'],
    ['looks up in no table', SESSIONS.replace("'entries'", "''"), 'lookup.table'],
    ['takes the name of another', SMALL.replace("'notes'", "'tool-errors'"), "name 'tool-errors'"],
    ['takes the key prefix of another', SMALL.replace("prefix: 'note'", "prefix: 'err'"), "prefix 'err'"],
  ])('refuses a module that %s', async (_, text, message) => {
    const { folder, files } = scene();
    if (text !== undefined) writeFileSync(join(folder, 'mine.mjs'), text);
    const { stdout, stderr, code } = await runCli([...files, '--extractor', './mine.mjs'], { folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: extractor \.\/mine\.mjs .*\nhint: .*\n$/);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'extractor-invalid',
      message: expect.stringContaining(message),
    });
  });

  it('names where the author must look when it fails, with --verbose', async () => {
    const { folder, files } = scene();
    writeFileSync(join(folder, 'mine.mjs'), SMALL.replace('for (const', 'null.boom; for (const'));
    const { stderr, code } = await runCli([...files, '--extractor', './mine.mjs', '--verbose'], { folder });
    expect(code).toBe(3);
    expect(stderr).toContain('error: extractor notes failed: ');
    expect(stderr).toMatch(/at .*mine\.mjs:\d+/);
  });
});
