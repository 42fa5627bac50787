import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { buildSessionsDb, usualTables } from '../../fixtures/sessions-db.ts';
import { readContent } from '../support/read-graph.ts';
import { runCli } from '../support/run-cli.ts';
import { runJob } from '../support/run-job.ts';
import { sceneWith } from '../support/scene.ts';

/** So many calls that they are read in a thread of their own; one in ten failed. */
const CALLS = 250_000;

function manyCalls(source: string): void {
  buildSessionsDb(source, usualTables({}));
  const db = new Database(source);
  db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${CALLS})
    INSERT INTO tool_analytics(session_id, tool_name, status, error_type, agent_name, execution_time_ms, created_at)
    SELECT 'session-' || (i / 700), 'Tool' || (i % 13), iif(i % 10, 'success', 'error'), 'type' || (i % 3),
      'agent-' || (i % 17), i, '2026-03-01T08:00:00Z' FROM n`);
  db.close();
}

describe('many rows, read in a thread', () => {
  test('come to the graph that one thread makes of them', async () => {
    const { source, target, paths, folder } = sceneWith(manyCalls);
    const { code, stderr, stdout } = await runCli([...paths, '--json']);
    expect([code, stderr]).toEqual([0, '']);
    const report = JSON.parse(stdout);
    expect(report.totals.read).toBe(CALLS / 10);
    expect(report.longest_read_ms).toBeGreaterThan(0);
    const inline = await runJob({ source, target: join(folder, 'inline.db') });
    expect(report.totals).toEqual(inline.totals);
    expect(readContent(target)).toEqual(readContent(join(folder, 'inline.db')));
  });

  test('also of one origin among several, with extractors of ours and from outside', async () => {
    const module = join(import.meta.dirname, '../../docs/examples/slow-tools.js');
    const far = [1, 300_000].map((id) => ({
      id,
      session_id: 's',
      tool_name: 'Bash',
      status: 'error',
      error_type: 'e',
    }));
    const timed = far.map((row) => ({ ...row, execution_time_ms: 90_000 }));
    const { source, paths, target } = sceneWith((path) =>
      buildSessionsDb(path, usualTables({ tool_analytics: timed })),
    );
    const { code, stderr } = await runCli([...paths, '--origin', 'lap1', '--extractor', module]);
    expect([code, stderr]).toEqual([0, '']);
    expect(readContent(target).map(({ id }) => id)).toEqual([
      'audit_event:@lap1:err:s:Bash:e',
      'audit_event:@lap1:slow:Bash',
    ]);
    const verify = ['verify', '-s', source, '-t', target, '--origin', 'lap1', '--extractor', module];
    expect((await runCli(verify)).code).toBe(0);
  });

  test('also with an extractor from outside, which the thread loads for itself', async () => {
    const module = join(import.meta.dirname, '../../docs/examples/slow-tools.js');
    const { paths } = sceneWith(manyCalls);
    const { code, stdout } = await runCli([...paths, '--json', '--extractor', module, '--only', 'slow-tools']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).totals).toMatchObject({ read: CALLS - 10_000, inserted: 13 });
  });

  test('fail as they do in one thread: the error stands in the report, and what was flushed is in', async () => {
    const { paths, folder, target } = sceneWith(manyCalls);
    const module = join(folder, 'boom.js');
    writeFileSync(module, EXTRACTOR_THAT_FAILS);
    const { code, stdout, stderr } = await runCli([
      ...paths,
      '--json',
      '--extractor',
      module,
      '--only',
      'boom',
      '--verbose',
    ]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'extractor-failed',
      message: expect.stringMatching('boom at'),
    });
    expect(stderr).toContain('boom.js');
    expect(readContent(target).length).toBeGreaterThan(0);
  });
});

const EXTRACTOR_THAT_FAILS = `export default {
  name: 'boom', version: 1, summary: 'fails', subtype: 'boom', prefix: 'boom', table: 'tool_analytics', appended: true,
  columns: { id: 'id' },
  *extract(rows) {
    for (const { id } of rows) {
      if (id === 200000) throw new Error('boom at 200000');
      yield { key: [String(id)], name: 'x', properties: {} };
    }
  },
};`;
