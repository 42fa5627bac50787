import type { Database } from 'better-sqlite3';
import { sessionOf } from '../../model/event-facets.ts';
import { nodeId } from '../../model/key.ts';
import type { LinkedEntry, OwedLinks, PaidRows, UnlinkedEvent } from '../../model/link-target.ts';
import { AUDIT_EVENT, type StoredNode } from '../../model/node.ts';

/** What is noted of events whose edges are to be made. */
export interface LinkStatements {
  /** After a number, as text; '' is before all. */
  unlinked(after: string, limit: number): readonly UnlinkedEvent[];
  /** Nothing is marked where the event has changed since it was read, as it may have other edges now. */
  markLinked(entry: LinkedEntry): void;
  unmark(key: string): void;
  /** Notes for good that linkers were at work, all that there were. */
  noteLinkers(): void;
  /** What marks an event as linked by these linkers; another number, or 0, does not. */
  readonly mark: number;
  owe(key: string, after: bigint | undefined): void;
  owed(prefix: string, after: string, limit: number): readonly OwedLinks[];
  /** Settles keys, but for what the rows owe that have come meanwhile. */
  settle(keys: readonly string[], paid: PaidRows): void;
}

interface Row {
  readonly number: number;
  readonly key: string;
  readonly leaf: string;
  readonly session: string | null;
}

/** So many digits of a digest make a mark, which is a number that is exact everywhere. */
const MARK_DIGITS = 12;

/** Prepares them for linkers of a digest, without which nothing is marked; `findNode` finds the node of an id. */
export function prepareLinkStatements(
  db: Database,
  digest: string | undefined,
  findNode: (id: string) => StoredNode | undefined,
): LinkStatements {
  const mark = digest === undefined ? 0 : Number.parseInt(digest.slice(0, MARK_DIGITS), 16);
  const unlinked = db.prepare<[number, number, number], Row>(
    `SELECT id AS number, key, leaf, session FROM audit_entries WHERE id > ? AND linked <> ? AND typeof(key) = 'text'
     ORDER BY id LIMIT ?`,
  );
  const markLinked = db.prepare('UPDATE audit_entries SET linked = ? WHERE key = ? AND leaf = ? AND session IS ?');
  const unmark = db.prepare('UPDATE audit_entries SET linked = 0 WHERE key = ?');
  // Of two debts the older one stands for both; NULL is the oldest.
  const owe = db.prepare(
    `INSERT INTO audit_owed(key, after) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET after = iif(after IS NULL OR excluded.after IS NULL, NULL, min(after, excluded.after))`,
  );
  const owed = db
    .prepare<[string, string, number], { readonly key: string; readonly after: bigint | null }>(
      'SELECT key, after FROM audit_owed WHERE key > ? AND key < ? ORDER BY key LIMIT ?',
    )
    .safeIntegers();
  const settle = db.prepare('DELETE FROM audit_owed WHERE key = ?');
  // Where an extractor has no checkpoint, nothing of it is being written.
  const hasGoneOn = db
    .prepare<[string, bigint | null, string | null], 1>(
      `SELECT 1 FROM audit_checkpoints WHERE extractor = ?
         AND NOT (folded_to IS ? AND content IS ? AND unfinished IS NULL)`,
    )
    .pluck();
  const payInPart = db.prepare('UPDATE audit_owed SET after = ? WHERE key = ? AND (after IS NULL OR after < ?)');
  const noteLinkers = db.prepare("INSERT OR IGNORE INTO audit_meta(name, value) VALUES ('linkers', 'all')");
  return {
    unlinked: (after, limit) =>
      unlinked.all(Number(after), mark, limit).map(({ number, key, leaf, session }) => {
        const id = nodeId(AUDIT_EVENT, key);
        const entry = { key, leaf, keptSession: session };
        return { place: String(number), entry, id, session: sessionOf(key, session), node: findNode(id) };
      }),
    markLinked: ({ key, leaf, keptSession }) => void markLinked.run(mark, key, leaf, keptSession),
    unmark: (key) => void unmark.run(key),
    mark,
    owe: (key, after) => void owe.run(key, after ?? null),
    owed: (prefix, after, limit) =>
      owed
        .all(after === '' ? `${prefix}:` : after, `${prefix};`, limit)
        .map((row) => ({ key: row.key, after: row.after ?? undefined })),
    settle: (keys, { extractor, upTo, content }) => {
      const isAll = hasGoneOn.get(extractor, upTo ?? null, content ?? null) === undefined;
      for (const key of keys) {
        if (isAll) settle.run(key);
        else if (upTo !== undefined) payInPart.run(upTo, key, upTo);
      }
    },
    noteLinkers: () => {
      if (digest !== undefined) noteLinkers.run();
    },
  };
}
