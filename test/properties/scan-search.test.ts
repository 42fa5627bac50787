import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entityId } from '../../src/model/entity.ts';
import type { NodeFilter, Search } from '../../src/model/search.ts';
import { SORT_FIELDS } from '../../src/model/search.ts';
import { openGraph } from '../../src/sqlite/questions/open-graph.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { hostileDate } from './hostile-dates.ts';
import { hostileText } from './hostile-texts.ts';
import { type PlainEdge, type PlainNode, plainSearch } from './plain-search.ts';
import { propertyRuns } from './property-runs.ts';

/** Few values, so that filters often find something. */
const value = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'a:b', 'A', '%') },
  { weight: 1, arbitrary: hostileText },
);
const text = fc.oneof(
  fc.constantFrom(
    'Frost warning',
    'frosty',
    'straße',
    'STRASSE',
    'Élan vital',
    'elan',
    'ΟΔΟΣ οδός',
    'x_y-z',
    '漢字 かな',
    '',
    '!',
  ),
  hostileText,
);
const date = fc.oneof(fc.constantFrom('2025-03-01', '2025-03-01T00:00:01Z', 'never'), hostileDate);
const odd = fc.constantFrom<unknown>(null, 7, true, {}, [], ['a'], { a: { b: 'frost deep' } });
const anything = (usual: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 8, arbitrary: usual }, { weight: 1, arbitrary: odd });

const properties = fc
  .record(
    {
      session_id: anything(value),
      tool_name: anything(value),
      error_type: anything(value),
      userUID: anything(value),
      agents: anything(fc.array(value, { maxLength: 3 })),
      task_ids: anything(fc.array(value, { maxLength: 3 })),
      task_id: anything(value),
      content: anything(text),
      details: anything(text),
      other: text,
      first_occurrence: anything(date),
      last_occurrence: anything(date),
      timestamp: anything(date),
      created_at: anything(date),
      updated_at: anything(date),
    },
    { requiredKeys: [] },
  )
  .map((object) => JSON.stringify(object));

const node: fc.Arbitrary<Omit<PlainNode, 'id'>> = fc.record({
  node_type: fc.constantFrom('audit_event', 'audit_event', 'audit_event', 'AUDIT_EVENT'),
  subtype: fc.constantFrom(null, 'tool_error', 'user_action', 'Tool_Error', ''),
  name: text,
  properties: fc.oneof(
    { weight: 8, arbitrary: properties },
    { weight: 1, arbitrary: fc.constantFrom(null, '', '[]', 'no JSON', '"text"', '{"session_id":"a"') },
  ),
  deleted_at: fc.constantFrom(null, null, null, '2025-03-01'),
});

const filter: fc.Arbitrary<NodeFilter> = fc
  .record(
    {
      subtype: fc.constantFrom('tool_error', 'user_action', 'none'),
      session: value,
      tool: value,
      agent: value,
      task: value,
      errorType: value,
      user: value,
      text: fc.oneof(fc.constantFrom('fro', 'FROST warn', 'strass', 'é', 'a', 'οδος', '漢'), text),
      since: fc.integer({ min: -2, max: 2 }).map((days) => Date.UTC(2025, 2, 1) + days * 43_200_000),
      until: fc.integer({ min: -2, max: 2 }).map((days) => Date.UTC(2025, 2, 1) + days * 43_200_000),
    },
    { requiredKeys: [] },
  )
  // Of all filters at once nothing is left to be found.
  .chain((all) => fc.subarray(Object.entries(all), { maxLength: Math.min(2, Object.keys(all).length) }))
  .map((some) => ({ nodeType: 'audit_event', ...Object.fromEntries(some) }));

const search: fc.Arbitrary<Search> = fc.record({
  filter,
  sort: fc.record({ field: fc.constantFrom(...SORT_FIELDS), isReversed: fc.boolean() }),
  limit: fc.integer({ min: 1, max: 12 }),
  offset: fc.integer({ min: 0, max: 6 }),
});

const edge = fc.record({
  edge_type: fc.constantFrom('BY_AGENT', 'FOR_TASK', 'BY_TOOL'),
  from: fc.nat(19),
  entity: fc.constantFrom<'agent' | 'task'>('agent', 'task'),
  value,
});

const NODE_COLUMNS = 'id TEXT PRIMARY KEY, node_type TEXT, subtype TEXT, name TEXT, properties TEXT, deleted_at TEXT';
const BY_SUBTYPE = 'CREATE INDEX by_subtype ON kg_nodes(node_type, subtype);';

/** Tables as we make them, and as others may have made them. */
const SHAPES: Readonly<Record<string, string>> = {
  'with an index': `CREATE TABLE kg_nodes(${NODE_COLUMNS}); ${BY_SUBTYPE}`,
  'without an index': `CREATE TABLE kg_nodes(${NODE_COLUMNS});`,
  'whose texts have collations': `CREATE TABLE kg_nodes(${NODE_COLUMNS.replaceAll('TEXT', 'TEXT COLLATE NOCASE')}); ${BY_SUBTYPE}`,
  'whose index has another collation': `CREATE TABLE kg_nodes(${NODE_COLUMNS.replaceAll('TEXT', 'TEXT COLLATE NOCASE')});
    CREATE INDEX by_subtype ON kg_nodes(node_type COLLATE BINARY, subtype COLLATE BINARY);`,
  'without row ids': `CREATE TABLE kg_nodes(${NODE_COLUMNS}) WITHOUT ROWID; ${BY_SUBTYPE}`,
};

function build(path: string, shape: string, nodes: readonly PlainNode[], edges: readonly PlainEdge[]): void {
  const db = new Database(path);
  db.exec(`${shape} CREATE TABLE kg_edges(id TEXT PRIMARY KEY, edge_type TEXT, from_node TEXT, to_node TEXT);`);
  const addNode = db.prepare(
    'INSERT INTO kg_nodes VALUES (@id, @node_type, @subtype, @name, @properties, @deleted_at)',
  );
  const addEdge = db.prepare('INSERT OR IGNORE INTO kg_edges VALUES (@id, @edge_type, @from_node, @to_node)');
  for (const row of nodes) addNode.run(row);
  for (const row of edges) addEdge.run(row);
  db.close();
}

describe.each(Object.entries(SHAPES))('a search in a graph %s', (_, shape) => {
  test('finds what a plain look at every node finds, in the same order', async () => {
    const folder = tempFolder();
    let graphs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(node, { maxLength: 20 }),
        fc.array(edge, { maxLength: 8 }),
        fc.array(search, { minLength: 1, maxLength: 6 }),
        async (contents, ends, searches) => {
          const nodes = contents.map((content, at) => ({ ...content, id: `audit_event:x:${(at * 7) % 20}` }));
          const edges = ends.map(({ edge_type, from, entity, value: name }): PlainEdge => {
            const [from_node, to_node] = [`audit_event:x:${from}`, entityId(entity, name)];
            return { id: `${edge_type}:${from_node}->${to_node}`, edge_type, from_node, to_node };
          });
          const path = join(folder, `${graphs++}.db`);
          build(path, shape, nodes, edges);
          const graph = openGraph(path);
          try {
            for (const question of searches) {
              const found = await graph.searcher.search(question, new AbortController().signal);
              const ids = found.nodes.map(({ node: { id }, first, last }) => ({ id, first, last }));
              expect({ ids, more: found.more }).toEqual(plainSearch(nodes, edges, question));
            }
          } finally {
            await graph.close();
          }
        },
      ),
      propertyRuns(60),
    );
  });
});
