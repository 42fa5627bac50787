import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OrderedLeafDigest, SortingLeafDigest } from '../../src/model/leaf-digest.ts';
import { createAuditTables } from '../../src/sqlite/audit-tables.ts';
import { connect } from '../../src/sqlite/connect.ts';
import { prepareChunkStatements } from '../../src/sqlite/target/chunk-statements.ts';
import { Fingerprint } from '../../src/sqlite/target/fingerprint.ts';
import { keyOrderOf } from '../../src/sqlite/target/key-order.ts';
import { propertyRuns } from './property-runs.ts';

/** Few enough that keys come, change and go; enough for several chunks. */
const key = fc.integer({ min: 0, max: 400 }).map((n) => `err:${n}:\u{1f600}\ufffd${n % 7}`);
const change = fc.record({ key, leaf: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }) });
const batches = fc.array(fc.array(change, { maxLength: 120 }), { maxLength: 8 });

it.each(['UTF-8', 'UTF-16le', 'UTF-16be'])(
  'the fingerprint in %s is that of the leaves, however they came there',
  (encoding) => {
    fc.assert(
      fc.property(batches, fc.array(fc.nat(), { maxLength: 3 }), (given, ends) => {
        const db = connect(':memory:');
        db.exec(`PRAGMA encoding = '${encoding}'`);
        createAuditTables(db, ':memory:');
        const put = db.prepare(
          `INSERT OR REPLACE INTO audit_entries(key, drafts, leaf, run, changed) VALUES (?, 1, ?, 1, 1)`,
        );
        const remove = db.prepare('DELETE FROM audit_entries WHERE key = ?');
        const fingerprint = new Fingerprint(prepareChunkStatements(db), keyOrderOf(db));
        const last = new Map<string, string | undefined>();
        for (const batch of given) {
          for (const { key, leaf } of batch) {
            if (leaf === undefined) remove.run(key);
            else put.run(key, leaf);
          }
          if (batch.length % 5 === 0) fingerprint.forget();
          const before = (key: string) => last.get(key);
          expect(fingerprint.refresh(batch.map((change) => ({ ...change, before: before(change.key) })))).toBe(true);
          for (const { key, leaf } of batch) last.set(key, leaf);
        }
        const digest = encoding === 'UTF-8' ? new OrderedLeafDigest() : new SortingLeafDigest(keyOrderOf(db));
        const leaves = db.prepare<[], { key: string; leaf: string }>(
          'SELECT key, leaf FROM audit_entries ORDER BY key',
        );
        // In parts, of which the later ones are there before the earlier ones.
        const all = leaves.all();
        const parts = ends.map(() => digest.openPart());
        const bounds = [0, ...ends.map((end) => end % (all.length + 1)).sort((a, b) => a - b), all.length];
        parts.push(digest.openPart());
        for (const at of [...parts.keys()].reverse()) {
          for (const { key, leaf } of all.slice(bounds[at], bounds[at + 1])) parts[at]?.add(key, leaf);
        }
        expect(fingerprint.get()).toEqual(digest.finish());
        db.close();
      }),
      propertyRuns(40),
    );
  },
);
