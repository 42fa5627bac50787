import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { recordCleaner } from '../../src/engine/clean-record.ts';
import type { Entry } from '../../src/model/entry.ts';
import { notRedacting } from '../../src/model/redaction.ts';
import type { Batch } from '../../src/model/target.ts';
import { openTarget } from '../../src/sqlite/target/open-target.ts';
import { readNodes } from '../support/read-graph.ts';
import { tempFolder } from '../support/temp-folder.ts';

const entry = (i: number, name = 'x'): Entry => ({
  key: `sys:${i}`,
  drafts: 1,
  known: 0,
  state: null,
  node: {
    id: `audit_event:sys:${i}`,
    nodeType: 'audit_event',
    subtype: 'session_boundary',
    name,
    properties: '{}',
    sourceTable: 'system_events',
    sourceId: `${i}`,
  },
  facets: { first: null, last: null, session: null, user: null, what: null, how: null, text: null, days: null },
});

const batchOf = (...entries: readonly Entry[]): Batch => ({
  entries,
  actor: 'test@1',
  fold: undefined,
  touch: false,
  checkpointAfter: () => undefined,
});

const open = (path: string) =>
  openTarget(path, {
    origins: [],
    edges: undefined,
    cleaner: recordCleaner(notRedacting),
    hooks: [],
    isRun: true,
    program: 'audit-extract 0',
    now: '2026-01-01T00:00:00.000Z',
    patience: { waitMs: 0, signal: new AbortController().signal },
  });

describe('the target', () => {
  it('ends a transaction that lasts too long, and says how far it came', async () => {
    const path = join(tempFolder(), 'org.db');
    const target = await open(path);
    const slow = new Database(path);
    slow.exec('CREATE TRIGGER slow AFTER INSERT ON kg_nodes BEGIN SELECT hex(zeroblob(20000000)); END');
    slow.close();
    const written = await target.write(batchOf(...Array.from({ length: 200 }, (_, i) => entry(i))));
    expect(written.entries).toBeGreaterThan(0);
    expect(written.entries).toBeLessThan(200);
    expect(readNodes(path)).toHaveLength(written.entries);
    expect(target.longestWriteMs).toBeGreaterThan(50);
    await target.close();
  });

  it('bounds what it does at once, however large the batch is', async () => {
    const target = await open(join(tempFolder(), 'org.db'));
    const batch = batchOf(...Array.from({ length: 12_000 }, (_, i) => entry(i)));
    expect((await target.preview(batch)).entries).toBeLessThanOrEqual(5000);
    expect((await target.write(batch)).entries).toBeLessThanOrEqual(5000);
    await target.close();
  });

  it('keeps the log of a graph small, however small its batches are', async () => {
    const path = join(tempFolder(), 'org.db');
    const target = await open(path);
    for (let i = 0; i < 1000; i++) await target.write(batchOf(entry(i)));
    expect(statSync(`${path}-wal`).size).toBeLessThan(40_000_000);
    await target.close();
  });

  it('forgets what a run has not seen, however much it is, and nothing else', async () => {
    const path = join(tempFolder(), 'org.db');
    const target = await open(path);
    // A transaction ends early on a slow machine, and is gone on with.
    for (let written = 0; written < 2500; ) {
      const rest = Array.from({ length: 2500 - written }, (_, i) => entry(written + i));
      written += (await target.write(batchOf(...rest))).entries;
    }
    await target.close();
    const next = await open(path);
    await next.write({ ...batchOf(entry(7), entry(1800)), touch: true });
    await next.retirement.forgetUnseen({ prefix: 'sys', subtype: 'session_boundary' }, () => false);
    expect(await next.countEntries('sys')).toBe(2);
    expect(readNodes(path)).toHaveLength(2500);
    expect(await next.readDigest()).toMatchObject({ nodes: 2 });
    await next.close();
  });

  it('takes no lock where nothing differs', async () => {
    const path = join(tempFolder(), 'org.db');
    const target = await open(path);
    await target.write(batchOf(entry(1)));
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    const unchanged = [{ action: 'unchanged', node: entry(1).node }];
    expect(await target.write(batchOf(entry(1)))).toEqual({ entries: 1, changes: unchanged, dropped: 0 });
    other.exec('ROLLBACK');
    other.close();
    await target.close();
  });

  it('rolls a batch back as a whole when one node is refused', async () => {
    const path = join(tempFolder(), 'org.db');
    const target = await open(path);
    const other = new Database(path);
    other.exec(
      `CREATE TRIGGER refuse BEFORE INSERT ON kg_nodes WHEN new.name = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END`,
    );
    other.close();
    const refusal = expect.objectContaining({ code: 'target-refuses-writes' });
    await expect(target.write(batchOf(entry(1), entry(2, 'bad')))).rejects.toEqual(refusal);
    expect(readNodes(path)).toEqual([]);
    expect(await target.readEntries(['sys:1', 'sys:2'])).toEqual([undefined, undefined]);
    await target.close();
  });
});
