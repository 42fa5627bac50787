import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { builtinExtractors } from '../../src/extractors/index.ts';
import { openActionLog } from '../../src/jobs/action-log.ts';
import { actionPreparer } from '../../src/jobs/prepare-action.ts';
import { builtinLinkers } from '../../src/linkers/index.ts';
import { defineExtractor } from '../../src/model/extractor.ts';
import type { NodeFilter, Search, Searcher } from '../../src/model/search.ts';
import { SORT_FIELDS } from '../../src/model/search.ts';
import type { WrittenAction } from '../../src/model/user-action.ts';
import { openGraph } from '../../src/sqlite/questions/open-graph.ts';
import { chooseSearcher, plainSearcher } from '../../src/sqlite/search/choose-searcher.ts';
import { createEdgeTable } from '../../src/sqlite/store/graph-tables.ts';
import { hostileAppendedExtractor, hostileExtractor } from '../support/hostile-extractor.ts';
import { readNodes } from '../support/read-graph.ts';
import { runJob } from '../support/run-job.ts';
import { editTasks } from './edit-tasks.ts';
import { growth } from './growing-source.ts';
import { hostileText } from './hostile-texts.ts';
import { numberedFiles } from './numbered-files.ts';
import { propertyRuns } from './property-runs.ts';
import { appendToSource, writeSource } from './write-source.ts';

/** Says all in properties, and nothing in facets. */
const withoutFacets = defineExtractor({
  name: 'without-facets',
  version: 1,
  summary: 'each call of a tool',
  subtype: 'tool_call',
  prefix: 'call',
  table: 'tool_analytics',
  columns: {
    id: 'id',
    session_id: 'text',
    tool_name: 'text',
    error_type: 'text',
    agent_name: 'text',
    created_at: 'text',
  },
  *extract(rows) {
    for (const { id, agent_name, ...properties } of rows) {
      if (id === null) yield { skip: 'no id' };
      else yield { key: [String(id)], name: `call ${agent_name}`, properties: { ...properties, userUID: agent_name } };
    }
  },
});

const extractors = [...builtinExtractors, hostileExtractor, hostileAppendedExtractor, withoutFacets];

/** A shy hand in the bag of what a graph holds, so that filters find something. */
const pick = fc.record({
  node: fc.nat(1000),
  fields: fc.subarray(
    ['subtype', 'session', 'tool', 'errorType', 'user', 'text', 'since', 'until', 'agent', 'task'] as const,
    {
      maxLength: 3,
    },
  ),
  other: hostileText,
  isOther: fc.nat(9).map((one) => one === 0),
  shift: fc.constantFrom(0, 0, 1, -1, 86_400_000),
  word: fc.nat(100),
  length: fc.nat(8),
});

const search = fc.record({
  pick,
  sort: fc.record({ field: fc.constantFrom(...SORT_FIELDS), isReversed: fc.boolean() }),
  limit: fc.integer({ min: 1, max: 15 }),
  offset: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(20) }),
});

/** Small sizes, so that every way is taken in small graphs. */
const sizes = fc.record({
  fewToJudge: fc.nat(8),
  fewToSort: fc.nat(8),
  quickStep: fc.nat(4),
  longStep: fc.nat(6),
});

const action: fc.Arbitrary<WrittenAction> = fc.record({
  actionType: fc.constantFrom('LOGIN', 'Document_Created', 'Bash'),
  category: fc.constantFrom(undefined, 'SESSION'),
  user: fc.oneof(
    fc.constant(undefined),
    fc.record({ uid: fc.constantFrom('u1', 'u:2'), name: fc.constantFrom(undefined, 'Ann', 'Zoë') }),
  ),
  details: fc.option(
    fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)),
    { nil: undefined },
  ),
  timestamp: fc.constantFrom('2025-03-01T00:00:00Z', '2025-03-02', '1969-12-31T23:59:59.999Z'),
  key: fc.nat(30).map((key) => `k${key}${key % 7 === 0 ? '漢'.repeat(200) : ''}`),
});

/** Events that others wrote, with properties, edges or none. */
const foreign = fc.record({
  id: fc.constantFrom('audit_event:theirs', 'theirs', 'audit_event:err:s1:Bash:timeout ', 'audit_event:sys:', 'z', ''),
  subtype: fc.constantFrom(null, 'tool_error', 'theirs'),
  properties: fc.constantFrom(
    '{"tool_name":"Bash","timestamp":"2025-03-01T00:00:00Z"}',
    '{"userUID":"u1","session_id":"s1"}',
    '{"timestamp":"2026-01-01T00:00:00Z"}',
    'none',
  ),
  edges: fc.subarray([
    ['PERFORMED_BY', 'user:u1'],
    ['PERFORMED_BY', 'Bash'],
    ['BY_TOOL', 'tool:Bash'],
    ['IN_SESSION', 'session:s1'],
  ] as const),
});

interface Values {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly subtype: string;
  readonly name: string;
}

type Picked = Readonly<Record<string, string | number | undefined>>;

function filterOf(
  nodes: readonly Values[],
  { node, fields, other, isOther, shift, word, length }: ReturnType<typeof pickOf>,
): NodeFilter {
  const { properties = {}, subtype = 'x', name = 'x' } = nodes[node % Math.max(1, nodes.length)] ?? {};
  const textOf = (...values: readonly unknown[]) => {
    const found = values.flat().find((value) => typeof value === 'string');
    return isOther || found === undefined ? other : String(found);
  };
  const words = `${name} ${JSON.stringify(properties)}`.match(/[\p{L}\p{N}]+/gu) ?? ['x'];
  const begin = Array.from(words[word % words.length] ?? 'x')
    .slice(0, length + 1)
    .join('');
  const at = Date.parse(textOf(properties['last_occurrence'], properties['created_at'], properties['timestamp']));
  const moment = (Number.isNaN(at) ? Date.UTC(2025, 2, 1) : at) + shift;
  const picked: Picked = {
    subtype: isOther ? 'none' : subtype,
    session: textOf(properties['session_id'], 's1'),
    tool: textOf(properties['tool_name'], 'Bash'),
    errorType: textOf(properties['error_type'], 'timeout'),
    user: textOf(properties['userUID'], 'u1'),
    text: /[\p{L}\p{N}]/u.test(begin) ? begin : 'x',
    since: moment,
    until: moment,
    agent: textOf(properties['agents'], 'ann'),
    task: textOf(properties['task_ids'], properties['task_id']),
  };
  return { nodeType: 'audit_event', ...Object.fromEntries(fields.map((field) => [field, picked[field]])) };
}

type Foreign = typeof foreign extends fc.Arbitrary<infer Event> ? Event : never;

const pickOf = (picked: typeof pick extends fc.Arbitrary<infer Pick> ? Pick : never) => picked;

function addForeign(target: string, events: readonly Foreign[]): void {
  const db = new Database(target);
  try {
    createEdgeTable(db);
    db.pragma('foreign_keys = OFF');
    const node = db.prepare(
      "INSERT INTO kg_nodes(id, node_type, subtype, name, properties, created_at, updated_at) VALUES (?, 'audit_event', ?, 'x', ?, '', '')",
    );
    const edge = db.prepare(
      "INSERT INTO kg_edges(id, edge_type, from_node, to_node, created_at, updated_at) VALUES (?, ?, ?, ?, '', '')",
    );
    for (const { id, subtype, properties, edges } of events) {
      node.run(id, subtype, properties);
      for (const [type, to] of edges) edge.run(`${id} ${type} ${to}`, type, id, to);
    }
  } finally {
    db.close();
  }
}

async function answer(searcher: Searcher, question: Search) {
  const { nodes, more } = await searcher.search(question, new AbortController().signal);
  return { nodes: nodes.map(({ node: { id }, first, last }) => ({ id, first, last })), more };
}

it('finds by the index what a look at every node finds, in the same order', async () => {
  const nextFiles = numberedFiles();
  let found = 0;
  let asked = 0;
  await fc.assert(
    fc.asyncProperty(
      growth,
      fc.array(action, { maxLength: 12 }),
      fc.uniqueArray(foreign, { maxLength: 4, selector: ({ id }) => id }),
      fc.array(search, { minLength: 5, maxLength: 25 }),
      sizes,
      fc.boolean(),
      async ({ first, steps }, actions, others, searches, size, hasEdges) => {
        const { source, target } = nextFiles();
        writeSource(source, first);
        const edges = hasEdges ? { linkers: builtinLinkers } : undefined;
        const job = { source, target: target(), extractors, edges };
        await runJob(job);
        for (const { added, edits } of steps) {
          appendToSource(source, first, added);
          editTasks(source, first, edits);
          await runJob(job);
        }
        const prepare = actionPreparer({ clock: Date.now });
        const log = await openActionLog({ target: target(), signal: new AbortController().signal, clock: Date.now });
        try {
          for (const one of actions) await log.log([prepare(one)]);
        } finally {
          await log.close();
        }
        const nodes = readNodes(target())
          .filter(({ node_type }) => node_type === 'audit_event')
          .map(({ properties, subtype, name }) => ({
            properties: JSON.parse(String(properties)),
            subtype: String(subtype),
            name: String(name),
          }));
        addForeign(target(), others);
        const [fast, plain] = [
          openGraph(target(), (shop) => chooseSearcher(shop, size)),
          openGraph(target(), plainSearcher),
        ];
        try {
          for (const { pick: picked, ...rest } of searches) {
            const question: Search = { filter: filterOf(nodes, picked), ...rest };
            const expected = await answer(plain.searcher, question);
            expect({ question, ...(await answer(fast.searcher, question)) }).toEqual({ question, ...expected });
            asked++;
            if (expected.nodes.length > 0) found++;
          }
        } finally {
          await fast.close();
          await plain.close();
        }
      },
    ),
    propertyRuns(40),
  );
  // A test whose questions find nothing would show nothing.
  expect(found).toBeGreaterThan(asked / 4);
});
