import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { inspectEdgeTable } from '../../src/sqlite/edge-table.ts';
import { prepareKeptEdges } from '../../src/sqlite/kept-edges.ts';
import { prepareKeptNodes } from '../../src/sqlite/kept-nodes.ts';
import { inspectNodeTable } from '../../src/sqlite/target-schema.ts';
import { addHub } from '../support/graph-of.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('a page of nodes or edges is read along their ids, and the others are not looked at; counts are made of an index', () => {
  const path = join(tempFolder(), 'org.db');
  addHub(path, 100);
  const db = new Database(path, { readonly: true });
  try {
    const plans: string[] = [];
    const prepare = (sql: string) => {
      const values = Array.from(sql.matchAll(/\?/g), () => null);
      const names = Object.fromEntries(Array.from(sql.matchAll(/@(\w+)/g), ([, name]) => [name, null]));
      const explain = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
      const plan = Object.keys(names).length > 0 ? explain.all(names) : explain.all(...values);
      if (/kg_(nodes|edges)/.test(sql)) plans.push(plan.map(({ detail }) => detail).join('\n'));
      return db.prepare(sql);
    };
    const watched: Database.Database = Object.create(db, { prepare: { value: prepare } });
    const table = inspectNodeTable(db, path);
    const edges = inspectEdgeTable(db, path);
    if (table === undefined || edges === undefined) throw new Error('no graph');
    for (const kept of [prepareKeptNodes(watched, table), prepareKeptEdges(watched, edges)]) {
      kept.list({ limit: 3 });
      kept.list({ limit: 3, includeDeleted: true, after: 'a' });
      expect(kept.count('HAS_EVENT', 7)).toBe(kept.find('audit_trail:main') ? 0 : 7);
    }
    expect(plans.length).toBeGreaterThanOrEqual(8);
    for (const plan of plans) {
      expect(plan).not.toMatch(/TEMP B-TREE|SCAN kg_/);
    }
  } finally {
    db.close();
  }
});
