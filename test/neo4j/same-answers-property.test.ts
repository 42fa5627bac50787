import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtinLinkers } from '../../src/linkers/index.ts';
import type { Graph } from '../../src/model/graph.ts';
import { readProperties } from '../../src/model/properties.ts';
import { type NodeFilter, type Search, SORT_FIELDS } from '../../src/model/search.ts';
import type { Connection } from '../../src/neo4j/connection.ts';
import { openGraph } from '../../src/neo4j/questions/open-graph.ts';
import { NodeSearcher } from '../../src/neo4j/search/node-searcher.ts';
import { openGraph as openSqliteGraph } from '../../src/sqlite/questions/open-graph.ts';
import { plainSearcher } from '../../src/sqlite/search/choose-searcher.ts';
import { growth } from '../properties/growing-source.ts';
import { propertyRuns } from '../properties/property-runs.ts';
import { writeSource } from '../properties/write-source.ts';
import { runJob } from '../support/run-job.ts';
import { copyGraph } from './copy-graph.ts';
import { HandWriter, openConnection } from './hand-writer.ts';
import { noNeo4jHere, type OpenNeo4j, openNeo4j } from './open-neo4j.ts';

const NOW = new AbortController().signal;
const day = fc.constantFrom(undefined, '1970-01-01', '2025-03-01', '2025-06-01');

/** What is taken of an event that is there, and what is asked beside it. */
const asked = fc.record({
  event: fc.nat(50),
  of: fc.subarray(['session_id', 'tool_name', 'error_type', 'subtype', 'agents', 'task_id'] as const, { maxLength: 2 }),
  since: fc.option(day, { nil: undefined, freq: 3 }),
  until: fc.option(day, { nil: undefined, freq: 3 }),
  text: fc.constantFrom(undefined, undefined, 'a', 'bash', 'err'),
  includeDeleted: fc.boolean(),
  sort: fc.record({ field: fc.constantFrom(...SORT_FIELDS), isReversed: fc.boolean() }),
  limit: fc.integer({ min: 1, max: 9 }),
  offset: fc.nat(4),
});

const foreign = fc.record({
  id: fc.constantFrom('audit_event:', 'audit_event:err:', 'audit_event:zzz', 'z', 'audit_event'),
  properties: fc.constantFrom(
    '{"timestamp":"2025-03-01T00:00:00Z","tool_name":"Bash"}',
    '{"timestamp":"2025-03-02"}',
    '{}',
  ),
  deleted: fc.constantFrom(null, null, '2025-03-01'),
});

describe.skipIf(noNeo4jHere({ own: false }))('graphs of any source on Neo4j', () => {
  let server: OpenNeo4j;
  let connection: Connection;
  const folder = mkdtempSync(join(tmpdir(), 'audit-extract-test-'));

  beforeAll(async () => {
    server = await openNeo4j();
    connection = await openConnection(server);
  }, 600_000);
  afterAll(async () => {
    await connection?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('give what the same graphs give in SQLite where every node is looked at', async () => {
    const hand = new HandWriter(connection);
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        growth,
        fc.uniqueArray(foreign, { maxLength: 3, selector: ({ id }) => id }),
        fc.array(asked, { minLength: 3, maxLength: 8 }),
        fc.record({ few: fc.nat(8), page: fc.integer({ min: 1, max: 5 }) }),
        async ({ first }, others, questions, sizes) => {
          const [source, target] = [join(folder, `${++runs}.sessions.db`), join(folder, `${runs}.org.db`)];
          writeSource(source, first);
          await runJob({ source, target, edges: { linkers: builtinLinkers } });
          addForeign(target, others);
          await hand.clear();
          await copyGraph(target, hand);
          const [graph, like] = [await openGraph(connection), await openSqliteGraph(target, plainSearcher)];
          try {
            const searcher = new NodeSearcher((action, signal) => connection.read(action, signal), true, sizes);
            const events = await like.kept.nodes.list({ type: 'audit_event', limit: 50 });
            for (const question of questions) {
              const search = toSearch(question, events);
              const found = await searcher.search(search, NOW);
              expect({ search, found: bare(found) }).toEqual({
                search,
                found: bare(await like.searcher.search(search, NOW)),
              });
            }
            expect(await statisticsOf(graph)).toEqual(await statisticsOf(like));
            for (const id of await like.trails.ids(3)) {
              expect(await graph.trails.summarize(id)).toEqual(await like.trails.summarize(id));
            }
          } finally {
            await like.close();
          }
        },
      ),
      propertyRuns(10),
    );
  }, 600_000);
});

/** How many tell no time is told with less care where only entries are looked at. */
const bare = ({ nodes, more, next }: Awaited<ReturnType<Graph['searcher']['search']>>) => ({ nodes, more, next });

function toSearch(
  {
    event,
    of,
    since,
    until,
    text,
    includeDeleted,
    sort,
    limit,
    offset,
  }: typeof asked extends fc.Arbitrary<infer Asked> ? Asked : never,
  events: readonly { readonly subtype: string | null; readonly properties: string }[],
): Search {
  const one = events[event % Math.max(1, events.length)];
  const said = readProperties(one?.properties);
  const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const take = (name: (typeof of)[number]) => (of.includes(name) ? textOf(said[name]) : undefined);
  const moment = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));
  const [agent] = of.includes('agents') && Array.isArray(said['agents']) ? said['agents'] : [];
  const filter: NodeFilter = {
    nodeType: 'audit_event',
    session: take('session_id'),
    tool: take('tool_name'),
    errorType: take('error_type'),
    task: take('task_id'),
    agent: textOf(agent),
    subtype: of.includes('subtype') ? (one?.subtype ?? undefined) : undefined,
    since: moment(since),
    until: moment(until),
    text,
    includeDeleted,
  };
  return { filter, sort, limit, offset };
}

async function statisticsOf(graph: Graph) {
  const reader = await graph.statistics();
  const open = { tool: undefined, errorType: undefined, since: undefined, until: undefined };
  const ranges = [open, { ...open, since: Date.parse('2025-03-01'), until: Date.parse('2025-03-03') - 1 }];
  const answers: unknown[] = [await reader.undated(), await reader.knownSessions(), await reader.hasTaskEdges()];
  for (const range of ranges) {
    answers.push(await reader.kinds(range), await reader.compactions(range, 3), await reader.failedTasks(range, 4));
    for (const by of ['tool', 'type', 'day'] as const) {
      answers.push(await reader.errorsBy(by, range, 6), await reader.errorsBy(by, { ...range, tool: 'Bash' }, 6));
    }
    answers.push(await reader.sessions(range, 5), await reader.sessions({ ...range, tool: 'Bash' }, 5));
  }
  return answers;
}

function addForeign(
  path: string,
  nodes: readonly { readonly id: string; readonly properties: string; readonly deleted: string | null }[],
): void {
  const db = new Database(path);
  const insert = db.prepare(
    "INSERT INTO kg_nodes(id, node_type, name, properties, created_at, updated_at, deleted_at) VALUES (?, 'audit_event', 'x', ?, '', '', ?)",
  );
  for (const { id, properties, deleted } of nodes) insert.run(id, properties, deleted);
  db.close();
}
