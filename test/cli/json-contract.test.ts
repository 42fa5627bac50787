import { expect, test } from 'vitest';
import { UNTYPED_COLUMNS, usualTables } from '../../fixtures/sessions-db.ts';
import { readNodes } from '../support/read-graph.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene, sceneWith, tablesScene } from '../support/scene.ts';

type Counts = Record<'read' | 'inserted' | 'updated' | 'unchanged' | 'skipped', number>;
const COUNTS = ['read', 'inserted', 'updated', 'unchanged', 'skipped'] as const;
const RUN_KEYS = [
  'schema',
  'dry_run',
  'mode',
  'started_at',
  'finished_at',
  'duration_ms',
  'longest_read_ms',
  'longest_write_ms',
  'source',
  'target',
  'totals',
  'redacted',
  'extractors',
];
const EXTRACTOR_KEYS = ['name', 'subtype', 'status', 'mode', 'reason', ...COUNTS, 'pruned', 'warnings'];
const NODE_KEYS = ['id', 'node_type', 'subtype', 'name', 'properties', 'source_table', 'source_id'];
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const linesOf = (stdout: string) => {
  expect(stdout).toMatch(/\n$/);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
};

test.for([[[]], [['--dry-run']]] as const)('the run report %j', async ([flags]) => {
  const { paths, source, target } = orchardScene();
  const { stdout } = await runCli([...paths, ...flags, '--json']);
  const report = JSON.parse(stdout);
  expect(Object.keys(report)).toEqual([...RUN_KEYS, flags.length === 1 ? 'plan' : 'fingerprint']);
  expect(report).toMatchObject({
    schema: 'audit-extract/run@1',
    dry_run: flags.length === 1,
    mode: 'full',
    started_at: expect.stringMatching(INSTANT),
    finished_at: expect.stringMatching(INSTANT),
    source: { path: source },
    target: { path: target },
  });
  for (const key of ['longest_read_ms', 'longest_write_ms']) expect(Number.isInteger(report[key])).toBe(true);
  expect(report.duration_ms).toBe(Date.parse(report.finished_at) - Date.parse(report.started_at));
  expect(report.extractors).toHaveLength(3);
  for (const extractor of report.extractors) {
    expect(Object.keys(extractor)).toEqual(EXTRACTOR_KEYS);
    expect(extractor).toMatchObject({
      status: 'ok',
      mode: 'full',
      reason: expect.any(String),
      pruned: false,
      warnings: [],
    });
    for (const count of COUNTS) expect(Number.isInteger(extractor[count])).toBe(true);
  }
  const sum = (count: keyof Counts) => report.extractors.reduce((all: number, one: Counts) => all + one[count], 0);
  expect(report.totals).toEqual(Object.fromEntries(COUNTS.map((count) => [count, sum(count)])));
  expect(report.totals).toEqual({ read: 14, inserted: 11, updated: 0, unchanged: 0, skipped: 0 });
});

test('where no run began: the error document', async () => {
  const { folder, target } = orchardScene();
  const { stdout } = await runCli(['-s', `${folder}/no.db`, '-t', target, '--format=json']);
  const document = JSON.parse(stdout);
  expect(Object.keys(document)).toEqual(['schema', 'error']);
  expect(document.schema).toBe('audit-extract/error@1');
  expect(Object.keys(document.error)).toEqual(['code', 'message', 'hint']);
});

test('where no run began under ndjson: the same document, on one line', async () => {
  const { folder, target } = orchardScene();
  const { stdout } = await runCli(['-s', `${folder}/no.db`, '-t', target, '--format', 'ndjson']);
  expect(linesOf(stdout)).toEqual([{ schema: 'audit-extract/error@1', error: expect.any(Object) }]);
});

test('ndjson: a line a node that changes, then the report; the same live as dry', async () => {
  const { paths, target } = orchardScene();
  const dry = linesOf((await runCli([...paths, '--dry-run', '--format', 'ndjson'])).stdout);
  const live = linesOf((await runCli([...paths, '--format', 'ndjson'])).stdout);
  expect(live.slice(0, -1)).toEqual(dry.slice(0, -1));
  expect(Object.keys(live.at(-1))).toEqual(['report']);
  expect(Object.keys(live.at(-1).report)).toEqual([...RUN_KEYS, 'fingerprint']);
  expect(live.at(-1).report.totals).toEqual(dry.at(-1).report.totals);
  const stored = new Map(readNodes(target).map((node) => [node.id, node]));
  expect(live).toHaveLength(stored.size + 1);
  for (const line of live.slice(0, -1)) {
    expect(Object.keys(line)).toEqual(['action', 'node']);
    expect(line.action).toBe('insert');
    expect(Object.keys(line.node)).toEqual(NODE_KEYS);
    const { properties, ...columns } = line.node;
    expect(stored.get(columns.id)).toMatchObject(columns);
    expect(properties).toEqual(JSON.parse(stored.get(columns.id)?.properties ?? ''));
  }
  expect(linesOf((await runCli([...paths, '--format', 'ndjson'])).stdout)).toHaveLength(1);
});

test('ndjson: an update says what stood there before', async () => {
  const first = tablesScene(usualTables({ task_tracking: [{ task_id: 'A.1', outcome: 'failed' }] }));
  const second = tablesScene(usualTables({ task_tracking: [{ task_id: 'A.1', outcome: 'success' }] }));
  await runCli(first.paths);
  const args = ['-s', second.source, '-t', first.target, '--format', 'ndjson'];
  const dry = linesOf((await runCli([...args, '--dry-run'])).stdout);
  const live = linesOf((await runCli(args)).stdout);
  expect(live.slice(0, -1)).toEqual(dry.slice(0, -1));
  expect(live).toHaveLength(2);
  expect(Object.keys(live[0])).toEqual(['action', 'node', 'before']);
  expect(Object.keys(live[0].before)).toEqual(NODE_KEYS);
  expect(live[0]).toMatchObject({
    action: 'update',
    node: { name: '[Task+] A.1:', properties: { outcome: 'success' } },
    before: { name: '[Task-] A.1:', properties: { outcome: 'failed' } },
  });
});

test('64-bit integers keep all their digits', async () => {
  const system_events = [{ id: 9223372036854775807n, entry_id: -9223372036854775808n, content: 'far' }];
  const task_tracking = [{ id: 9007199254740993n, tool_success_count: 9007199254740995n }];
  const { paths, target } = tablesScene(usualTables({ system_events, task_tracking }));
  const { stdout } = await runCli([...paths, '--format', 'ndjson']);
  expect(stdout).toContain('"id":"audit_event:sys:9223372036854775807"');
  expect(stdout).toContain('"entry_id":-9223372036854775808,');
  expect(stdout).toContain('"source_id":"9007199254740993"');
  expect(stdout).toContain('"tool_success_count":9007199254740995');
  expect(readNodes(target)[1]?.properties).toContain('"tool_success_count":9007199254740995');
});

const HOSTILE =
  'a\u0000b\u001b[31mc\u0007\r\n\t\u007f\u0085\u009bd\u200b\u200d\u2066e\u202e\u2028\u2029\ufeff\\\u200bf\u{e0041}"g';

test('control, bidi and zero-width characters are escaped on stdout, and parse back to what is stored', async () => {
  const row = { content: HOSTILE, subtype: HOSTILE, level: HOSTILE };
  const task = { task_id: HOSTILE, task_description: HOSTILE };
  const tables = usualTables({ system_events: [row], task_tracking: [task] }, UNTYPED_COLUMNS);
  const { paths } = tablesScene(tables);
  const { stdout } = await runCli([...paths, '--format', 'ndjson']);
  expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
  const [event, made] = linesOf(stdout);
  expect(event.node.properties).toMatchObject({ content: HOSTILE, event_subtype: HOSTILE, level: HOSTILE });
  expect(made.node.properties).toMatchObject({ task_id: HOSTILE, task_description: HOSTILE });
});

test('the same in paths, messages and hints', async () => {
  const scene = sceneWith(() => {});
  const source = `${scene.folder}/${HOSTILE.replaceAll('\0', '')}.db`;
  const { stdout, stderr } = await runCli(['-s', source, '-t', scene.target, '--json']);
  expect(`${stdout}${stderr}`.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
  expect(JSON.parse(stdout).error.message).toContain(source);
  expect(stderr.split('\n')).toHaveLength(3);
});
