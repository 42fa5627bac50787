import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildBusyQuarter } from '../../fixtures/scenarios/busy-quarter.ts';
import { builtinLinkers } from '../../src/linkers/index.ts';
import type { Graph } from '../../src/model/graph.ts';
import { type NodeFilter, type Search, SORT_FIELDS } from '../../src/model/search.ts';
import type { ErrorFilter, StatisticsReader } from '../../src/model/statistics.ts';
import type { Connection } from '../../src/neo4j/connection.ts';
import { openGraph } from '../../src/neo4j/questions/open-graph.ts';
import { openGraph as openSqliteGraph } from '../../src/sqlite/questions/open-graph.ts';
import { runJob } from '../support/run-job.ts';
import { copyGraph } from './copy-graph.ts';
import { HandWriter, openConnection } from './hand-writer.ts';
import { noNeo4jHere, type OpenNeo4j, openNeo4j } from './open-neo4j.ts';

const UNTIL = Date.UTC(2026, 2, 1);
const DAY = 86_400_000;
const NOW = new AbortController().signal;

describe.skipIf(noNeo4jHere({ own: false }))('a graph on Neo4j and its like in SQLite', { timeout: 120_000 }, () => {
  let server: OpenNeo4j;
  let connection: Connection;
  let graphs: readonly [onNeo4j: Graph, inSqlite: Graph];
  let folder = '';

  beforeAll(async () => {
    server = await openNeo4j();
    connection = await openConnection(server);
    const hand = new HandWriter(connection);
    await hand.clear();
    folder = mkdtempSync(join(tmpdir(), 'audit-extract-test-'));
    const [source, target] = [join(folder, 'sessions.db'), join(folder, 'org.db')];
    buildBusyQuarter(source, UNTIL);
    await runJob({ source, target, edges: { linkers: builtinLinkers } });
    await copyGraph(target, hand);
    graphs = [await openGraph(connection), await openSqliteGraph(target)];
  }, 600_000);
  afterAll(async () => {
    await graphs?.[1].close();
    await connection?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Asks both. */
  const both = async <Answer>(ask: (graph: Graph) => Promise<Answer> | Answer) => {
    const [onNeo4j, inSqlite] = [await ask(graphs[0]), await ask(graphs[1])];
    return { onNeo4j, inSqlite };
  };

  const NO_RANGE = { since: undefined, until: undefined };
  const OPEN: ErrorFilter = { tool: undefined, errorType: undefined, ...NO_RANGE };
  const FILTERS: readonly ErrorFilter[] = [
    OPEN,
    { ...OPEN, since: UNTIL - 30 * DAY, until: UNTIL - 10 * DAY - 1 },
    { ...OPEN, since: UNTIL - 14 * DAY },
    { ...OPEN, until: UNTIL - 14 * DAY - 1 },
    { ...OPEN, tool: 'Bash' },
    { ...OPEN, errorType: 'timeout', since: UNTIL - 40 * DAY },
    { ...OPEN, tool: 'nobody' },
  ];
  const STATISTICS: Readonly<Record<string, (of: StatisticsReader, filter: ErrorFilter) => unknown>> = {
    kinds: (of, filter) => of.kinds(filter),
    tools: (of, filter) => of.errorsBy('tool', filter, 5),
    types: (of, filter) => of.errorsBy('type', filter, 50),
    days: (of, filter) => of.errorsBy('day', filter, 50),
    sessions: (of, filter) => of.sessions(filter, 12),
    'all sessions': (of, filter) => of.sessions(filter, 500),
    compactions: (of, filter) => of.compactions(filter, 5),
    'failed tasks': (of, filter) => of.failedTasks(filter, 7),
    undated: (of) => of.undated(),
    census: (of) => of.census(),
    'known sessions': (of) => of.knownSessions(),
    'task edges': (of) => of.hasTaskEdges(),
  };

  it.each(Object.keys(STATISTICS))('give the same statistics: %s', async (name) => {
    for (const filter of FILTERS) {
      const ask = async (graph: Graph) => STATISTICS[name]?.(await graph.statistics(), filter);
      const { onNeo4j, inSqlite } = await both(ask);
      expect({ filter, answer: onNeo4j }).toEqual({ filter, answer: inSqlite });
    }
  });

  const SEARCHES: readonly Partial<NodeFilter>[] = [
    {},
    ...[{ subtype: 'tool_error' }, { subtype: 'session_boundary' }, { subtype: 'none' }, { tool: 'Bash' }],
    ...[{ tool: 'Grep', errorType: 'invalid_pattern' }, { text: 'pear' }, { text: 'time' }, { agent: 'picker' }],
    ...[{ since: UNTIL - 3 * DAY }, { until: UNTIL - 70 * DAY, subtype: 'tool_error' }, { task: 'A.1.1' }],
    ...[{ nodeType: 'agent' }, { nodeType: 'session' }, { nodeType: 'tool', text: 'mcp' }, { nodeType: 'nothing' }],
  ];

  it('find the same in the same order', async () => {
    for (const filter of SEARCHES) {
      for (const field of SORT_FIELDS) {
        for (const isReversed of [false, true]) {
          const sort = { field, isReversed };
          const asked: Search = { filter: { nodeType: 'audit_event', ...filter }, sort, limit: 20, offset: 7 };
          const { onNeo4j, inSqlite } = await both((graph) => graph.searcher.search(asked, NOW));
          expect({ asked, found: onNeo4j }).toEqual({ asked, found: inSqlite });
        }
      }
    }
  });

  it('tell the same of every node, of its edges, and of trails', async () => {
    const { onNeo4j, inSqlite } = await both(async ({ kept, trails }) => ({
      nodes: await kept.nodes.list({ limit: 5000, includeDeleted: true }),
      edges: await kept.edges.list({ limit: 5000 }),
      trails: await trails.ids(10),
      summary: await trails.summarize('audit_trail:main'),
      events: await kept.nodes.count('audit_event', 100_000),
      ofAgents: await kept.edges.count('BY_AGENT', 100_000),
    }));
    expect(onNeo4j).toEqual(inSqlite);
    for (const { id } of inSqlite.nodes.slice(0, 40)) {
      const ofNode = await both(async ({ nodes, edges, edgeLists, records }) => ({
        times: await nodes.times(id),
        isRecorded: await nodes.isRecorded(id),
        rows: await records.rowsOf(id),
        out: await edges.page(id, 'out', 9),
        in: await edges.page(id, 'in', 9),
        counts: [await edges.count(id, 'out', 99), await edges.count(id, 'in', 99)],
        listed: await edgeLists.list({ from: id, limit: 3 }, NOW),
      }));
      expect(ofNode.onNeo4j).toEqual(ofNode.inSqlite);
    }
  });
});
