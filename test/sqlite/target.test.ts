import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { GraphNode } from '../../src/model/node.ts';
import { openTarget } from '../../src/sqlite/open-target.ts';
import { readNodes } from '../support/read-graph.ts';
import { tempFolder } from '../support/temp-folder.ts';

const node = (i: number, name = 'x'): GraphNode => ({
  id: `audit_event:sys:${i}`,
  nodeType: 'audit_event',
  subtype: 'session_boundary',
  name,
  properties: '{}',
  sourceTable: 'system_events',
  sourceId: `${i}`,
});

describe('the target', () => {
  it('ends a transaction that lasts too long, and says how far it came', async () => {
    const path = join(tempFolder(), 'org.db');
    const target = openTarget(path, [], '2026-01-01T00:00:00.000Z');
    const slow = new Database(path);
    slow.exec('CREATE TRIGGER slow AFTER INSERT ON kg_nodes BEGIN SELECT hex(zeroblob(20000000)); END');
    slow.close();
    const nodes = Array.from({ length: 200 }, (_, i) => node(i));
    const changes = await target.upsert(nodes);
    expect(changes.length).toBeGreaterThan(0);
    expect(changes.length).toBeLessThan(200);
    expect(readNodes(path)).toHaveLength(changes.length);
    target.close();
  });

  it('bounds what it does at once, however large the batch is', async () => {
    const target = openTarget(join(tempFolder(), 'org.db'), [], '2026-01-01T00:00:00.000Z');
    const nodes = Array.from({ length: 12_000 }, (_, i) => node(i));
    expect((await target.upsert(nodes)).length).toBeLessThanOrEqual(5000);
    target.close();
  });

  it('takes no lock where nothing differs', async () => {
    const path = join(tempFolder(), 'org.db');
    const target = openTarget(path, [], '2026-01-01T00:00:00.000Z');
    await target.upsert([node(1)]);
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    expect(await target.upsert([node(1)])).toEqual([{ action: 'unchanged', node: node(1) }]);
    other.exec('ROLLBACK');
    other.close();
    target.close();
  });

  it('rolls a batch back as a whole when one node is refused', async () => {
    const path = join(tempFolder(), 'org.db');
    const target = openTarget(path, [], '2026-01-01T00:00:00.000Z');
    const other = new Database(path);
    other.exec(
      `CREATE TRIGGER refuse BEFORE INSERT ON kg_nodes WHEN new.name = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END`,
    );
    other.close();
    await expect(target.upsert([node(1), node(2, 'bad')])).rejects.toMatchObject({ code: 'target-refuses-writes' });
    expect(readNodes(path)).toEqual([]);
    target.close();
  });
});
