import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { EdgeQuestion } from '../../src/model/edge-list.ts';
import { inspectEdgeTable } from '../../src/sqlite/edge-table.ts';
import { prepareEdgeLists } from '../../src/sqlite/questions/edge-lists.ts';
import { addHub, addToGraph } from '../support/graph-of.ts';
import { tempFolder } from '../support/temp-folder.ts';

const EVENTS = 30_000;
const HUB = 'audit_trail:main';

/** Questions about a hub of many edges, and about its few others. */
const QUESTIONS: readonly Omit<EdgeQuestion, 'limit'>[] = [
  {},
  { from: HUB },
  { from: HUB, type: 'HAS_EVENT' },
  { from: HUB, type: 'KEPT_BY' },
  { to: HUB },
  { to: HUB, type: 'NEAR' },
  { from: HUB, to: 'user:ann' },
  { from: HUB, to: 'audit_event:020000' },
  { from: HUB, to: 'audit_event:020000', type: 'HAS_EVENT' },
  { type: 'HAS_EVENT' },
];

test('a page of edges of a hub is a page: an index finds it, in order, wherever it begins', async () => {
  const path = join(tempFolder(), 'org.db');
  addHub(path, EVENTS);
  addToGraph(
    path,
    [{ id: 'user:ann' }],
    [
      [HUB, 'KEPT_BY', 'user:ann'],
      ['user:ann', 'NEAR', HUB],
    ],
  );
  const db = new Database(path, { readonly: true });
  try {
    let rows = 0;
    const plans = new Map<string, string>();
    const prepare = (sql: string) => {
      plans.set(sql, planOf(db, sql));
      const statement = db.prepare(sql);
      const { all } = statement;
      const counting = (...values: unknown[]) => {
        const found = all.apply(statement, values);
        rows += found.length;
        return found;
      };
      return Object.assign(statement, { all: counting });
    };
    const table = inspectEdgeTable(db, path) ?? new Map();
    const lister = prepareEdgeLists({ db: Object.create(db, { prepare: { value: prepare } }), table }, (read) =>
      read(),
    );
    for (const question of QUESTIONS) {
      let after: EdgeQuestion['after'];
      for (let page = 0; page < 3; page++) {
        rows = 0;
        const found = await lister.list({ ...question, limit: 50, after }, new AbortController().signal);
        expect({ question, page, rows, isPage: rows <= 51 }).toEqual({ question, page, rows, isPage: true });
        if (found.next === undefined) break;
        after = found.next;
      }
    }
    expect(plans.size).toBeGreaterThan(10);
    for (const [sql, plan] of plans) {
      expect({ sql, plan, isScan: /SCAN kg_edges(?! USING)/.test(plan) }).toMatchObject({ isScan: false });
      // Of edges that share both ends and a type, as others may have made them, a handful is sorted.
      if (plan.includes('(to_node=? AND edge_type=? AND from_node=?)')) continue;
      expect(plan.replace('USE TEMP B-TREE FOR LAST TERM OF ORDER BY', '')).not.toContain('TEMP B-TREE');
    }
  } finally {
    db.close();
  }
});

function planOf(db: Database.Database, sql: string): string {
  const values = Array.from(sql.matchAll(/\?/g), () => null);
  const plan = db.prepare<null[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
  return plan.map(({ detail }) => detail).join('\n');
}

test('a long look for edges of a type ends when nobody waits for it any more', async () => {
  const path = join(tempFolder(), 'org.db');
  addHub(path, EVENTS);
  const db = new Database(path, { readonly: true });
  try {
    const lister = prepareEdgeLists({ db, table: inspectEdgeTable(db, path) ?? new Map() }, (read) => read());
    const controller = new AbortController();
    const listing = lister.list({ type: 'NONE', limit: 1 }, controller.signal);
    controller.abort(new Error('gone'));
    await expect(listing).rejects.toThrow('gone');
    expect(await lister.list({ type: 'NONE', limit: 1 }, new AbortController().signal)).toEqual({
      edges: [],
      next: undefined,
    });
  } finally {
    db.close();
  }
});
