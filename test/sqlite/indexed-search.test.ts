import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { NodeFilter, Search, Sort } from '../../src/model/search.ts';
import { openGraph } from '../../src/sqlite/questions/open-graph.ts';
import { chooseSearcher, plainSearcher } from '../../src/sqlite/search/choose-searcher.ts';
import { runJob } from '../support/run-job.ts';
import { orchardScene } from '../support/scene.ts';

const EVENTS = 100_000;
/** Rows of all kinds that a question may take, be it for its first steps or for all of what an index finds. */
const MOST_ROWS = 20_000;
const NEWEST: Sort = { field: 'time', isReversed: false };
const at = (event: number) => Date.UTC(2025, 0, 1) + event * 60_000;

/**
 * A graph of many recorded events, every tenth of them without a time, in sessions of a hundred; half of them for a busy
 * agent, some for one that is not.
 */
async function manyEvents(): Promise<string> {
  const scene = orchardScene();
  await runJob(scene);
  const db = new Database(scene.target);
  db.exec(`
    CREATE TEMP TABLE made AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${EVENTS - 1})
    SELECT i, 1000 + i AS id, iif(i % 10 = 0, 'sys:', 'err:s' || (i / 100) || ':') || i AS "key",
      iif(i % 10 = 0, NULL, ${at(0)} + i * 60000) AS moment, iif(i % 1000 = 1, 'Rare', 'Bash') AS tool,
      iif(i % 10 = 0, 'session_boundary', 'tool_error') AS subtype, iif(i % 7 = 0, 'u' || (i % 2), NULL) AS user
    FROM n;
    INSERT INTO kg_nodes(id, node_type, subtype, name, properties, created_at, updated_at)
      SELECT 'audit_event:' || "key", 'audit_event', subtype, 'event ' || i, json_object('session_id',
        iif(i % 10 = 0, NULL, 's' || (i / 100)), 'tool_name', tool, 'userUID', user, 'timestamp',
        strftime('%Y-%m-%dT%H:%M:%SZ', moment / 1000, 'unixepoch')), '', '' FROM made;
    INSERT INTO audit_entries(id, "key", drafts, leaf, run, changed, first, last, session, user, what)
      SELECT id, "key", 1, '', 1, 1, moment, moment, iif(i % 10 = 0, 's' || (i / 100), ''), user, tool FROM made;
    INSERT INTO kg_nodes(id, node_type, name, created_at, updated_at)
      VALUES ('agent:busy', 'agent', 'busy', '', ''), ('agent:calm', 'agent', 'calm', '', '');
    INSERT INTO kg_edges(id, edge_type, from_node, to_node, created_at, updated_at)
      SELECT 'busy ' || i, 'BY_AGENT', 'audit_event:' || "key", 'agent:busy', '', '' FROM made WHERE i % 2 = 1
      UNION ALL SELECT 'calm ' || i, 'BY_AGENT', 'audit_event:' || "key", 'agent:calm', '', '' FROM made WHERE i % 500 = 1;
    INSERT INTO audit_days(day, subtype, events, row_count) SELECT '', 'made', count(*), count(*) FROM made;
    INSERT INTO audit_words(rowid, words) SELECT id, tool || ' event ' || i FROM made;`);
  db.close();
  return scene.target;
}

interface Asked {
  readonly ids: readonly (string | null | undefined)[];
  readonly statements: readonly string[];
  /** Rows that were read. */
  readonly rows: number;
}

/** Asks, and watches what that takes. */
async function watch(path: string, search: Search): Promise<Asked> {
  const statements: string[] = [];
  let rows = 0;
  const graph = openGraph(path, (shop) => {
    const prepare = (sql: string) => {
      statements.push(sql);
      const statement = shop.db.prepare(sql);
      const { get, all, iterate } = statement;
      const count = <Row>(row: Row): Row => {
        rows++;
        return row;
      };
      return Object.assign(statement, {
        get: (...values: unknown[]) => count(get.apply(statement, values)),
        all: (...values: unknown[]) => all.apply(statement, values).map(count),
        iterate: function* (...values: unknown[]) {
          for (const row of iterate.apply(statement, values)) yield count(row);
        },
      });
    };
    return chooseSearcher({ ...shop, db: Object.create(shop.db, { prepare: { value: prepare } }) });
  });
  try {
    const { nodes } = await graph.searcher.search(search, new AbortController().signal);
    return { ids: nodes.map(({ node }) => node.id), statements, rows };
  } finally {
    await graph.close();
  }
}

/** Asks in the plain way, which looks at every node: nearly all of the time that these tests take. */
async function plainly(path: string, search: Search) {
  const graph = openGraph(path, plainSearcher);
  try {
    return (await graph.searcher.search(search, new AbortController().signal)).nodes.map(({ node }) => node.id);
  } finally {
    await graph.close();
  }
}

function planOf(path: string, sql: string): readonly string[] {
  const db = new Database(path, { readonly: true });
  try {
    const values = Array.from(sql.matchAll(/\?/g), () => null);
    return db
      .prepare<null[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...values)
      .map(({ detail }) => detail);
  } finally {
    db.close();
  }
}

const QUESTIONS: readonly [NodeFilter | Omit<NodeFilter, 'nodeType'>, Sort?][] = [
  [{}],
  [{}, { field: 'time', isReversed: true }],
  [{}, { field: 'id', isReversed: false }],
  [{}, { field: 'id', isReversed: true }],
  [{ tool: 'Bash' }],
  [{ tool: 'Rare' }],
  [{ tool: 'Rare' }, { field: 'name', isReversed: false }],
  [{ tool: 'Bash' }, { field: 'id', isReversed: true }],
  [{ text: 'event 9123' }],
  [{ text: 'ev' }],
  [{ session: 's17' }],
  [{ session: 's17' }, { field: 'name', isReversed: true }],
  [{ user: 'u1' }],
  [{ user: 'u1', tool: 'Rare' }],
  [{ subtype: 'session_boundary' }],
  [{ subtype: 'tool_error' }, { field: 'id', isReversed: true }],
  [{ subtype: 'none' }],
  [{ since: at(EVENTS - 50) }],
  [{ until: at(50) }],
  [{ since: at(5000), until: at(5100), tool: 'Rare' }],
  [{ until: at(3000), text: 'rare' }],
  [{ agent: 'busy' }],
  [
    { agent: 'busy', tool: 'Rare' },
    { field: 'id', isReversed: true },
  ],
  [{ agent: 'busy', since: at(5000), until: at(5100) }],
  [{ agent: 'calm' }, { field: 'name', isReversed: false }],
  [{ agent: 'calm', tool: 'Rare', until: at(5000) }],
];

describe('of a hundred thousand events', () => {
  test('an index finds those that are asked for, and few others are looked at', async () => {
    const path = await manyEvents();
    const plans = new Map<string, readonly string[]>();
    for (const [filter, sort = NEWEST] of QUESTIONS) {
      const search: Search = { filter: { nodeType: 'audit_event', ...filter }, sort, limit: 20, offset: 0 };
      const { ids, statements, rows } = await watch(path, search);
      expect({ search, ids }).toEqual({ search, ids: await plainly(path, search) });
      expect({ search, rows, isQuick: rows < MOST_ROWS }).toEqual({ search, rows, isQuick: true });
      for (const sql of statements) plans.set(sql, planOf(path, sql));
    }
    expect(plans.size).toBeGreaterThan(40);
    for (const [sql, plan] of plans) {
      if (!/audit_|kg_nodes/.test(sql)) continue;
      for (const step of plan) {
        // To count all entries is to count the leaves of an index.
        const isScan =
          /^SCAN (e|audit_entries|kg_nodes)\b(?! USING COVERING INDEX)/.test(step) || step.includes('TEMP B-TREE');
        expect({ sql, step, isScan }).toEqual({ sql, step, isScan: false });
      }
    }
  }, 120_000);
});

describe('of a hundred thousand events and some that are not recorded', () => {
  const FOREIGN = `
    INSERT INTO kg_nodes(id, node_type, subtype, name, properties, created_at, updated_at) VALUES
      ('audit_event:theirs', 'audit_event', 'tool_error', 'old', '{"timestamp":"2025-01-01T00:00:30Z"}', '', ''),
      ('theirs', 'audit_event', NULL, 'new event', '{"timestamp":"2030-01-01T00:00:00Z","userUID":"u1"}', '', ''),
      ('audit_event:err:s5:501~theirs', 'audit_event', 'other', 'undated', '{"tool_name":"Rare"}', '', '');`;

  test('finds them among the others', async () => {
    const path = await manyEvents();
    const db = new Database(path);
    db.exec(FOREIGN);
    db.close();
    for (const [filter, sort = NEWEST] of QUESTIONS) {
      const asked: Search = { filter: { nodeType: 'audit_event', ...filter }, sort, limit: 35, offset: 0 };
      const all = await plainly(path, asked);
      for (const offset of [0, 15]) {
        const search: Search = { ...asked, limit: 20, offset };
        const { ids, rows } = await watch(path, search);
        expect({ search, ids }).toEqual({ search, ids: all.slice(offset, offset + 20) });
        expect({ search, rows, isQuick: rows < MOST_ROWS }).toEqual({ search, rows, isQuick: true });
      }
    }
  }, 120_000);
});

describe('every node is looked at', () => {
  const ALL: Search = { filter: { nodeType: 'audit_event' }, sort: NEWEST, limit: 50, offset: 0 };
  const FOREIGN = `INSERT INTO kg_nodes(id, node_type, name, created_at, updated_at)
    VALUES ('audit_event:foreign', 'audit_event', 'not ours', '', '')`;

  test.each([
    ['an event is not recorded', FOREIGN],
    [
      'our tables are of another version',
      `${FOREIGN}; UPDATE audit_meta SET value = '0' WHERE name = 'version';
       DELETE FROM audit_entries WHERE id = 1; INSERT INTO audit_entries(id, "key", drafts, leaf, run, changed) VALUES
       (1, 'x', 1, '', 1, 1), (1001, 'y', 1, '', 1, 1);`,
    ],
  ])('where %s', async (_, sql) => {
    const scene = orchardScene();
    await runJob(scene);
    const { ids: before } = await watch(scene.target, ALL);
    const db = new Database(scene.target);
    db.exec(sql);
    db.close();
    const { ids } = await watch(scene.target, ALL);
    expect([...ids].sort()).toEqual([...before, 'audit_event:foreign'].sort());
  });
});
