import type { Database } from 'better-sqlite3';
import { sessionOf } from '../../model/event-facets.ts';
import { nodeId } from '../../model/key.ts';
import type { OwedLinks, UnlinkedEvent } from '../../model/link-target.ts';
import { AUDIT_EVENT, type StoredNode } from '../../model/node.ts';

/** What is noted of events whose edges are to be made. */
export interface LinkStatements {
  unlinked(after: number, limit: number): readonly UnlinkedEvent[];
  markLinked(key: string): void;
  /** What marks an event as linked by these linkers; another number, or 0, does not. */
  readonly mark: number;
  /** Keeps which linkers the mark stands for, where it is a new one. */
  keepMark(): void;
  owe(key: string, after: bigint | undefined): void;
  owed(prefix: string, after: string, limit: number): readonly OwedLinks[];
  settle(key: string): void;
}

interface Row {
  readonly number: number;
  readonly key: string;
  readonly session: string | null;
}

/** Prepares them for linkers of a digest, without which nothing is marked; `findNode` finds the node of an id. */
export function prepareLinkStatements(
  db: Database,
  digest: string | undefined,
  findNode: (id: string) => StoredNode | undefined,
): LinkStatements {
  const last = db.prepare<[], string>("SELECT value FROM audit_meta WHERE name = 'linkers'").pluck().get();
  const [lastMark = '0', lastDigest] = last?.split(' ') ?? [];
  const isNew = digest !== undefined && lastDigest !== digest;
  const mark = digest === undefined ? 0 : Number(lastMark) + (isNew ? 1 : 0);
  const unlinked = db.prepare<[number, number, number], Row>(
    `SELECT id AS number, key, session FROM audit_entries WHERE id > ? AND linked <> ? AND typeof(key) = 'text'
     ORDER BY id LIMIT ?`,
  );
  const markLinked = db.prepare('UPDATE audit_entries SET linked = ? WHERE key = ?');
  const keepMark = db.prepare("INSERT OR REPLACE INTO audit_meta(name, value) VALUES ('linkers', ?)");
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
  return {
    unlinked: (after, limit) =>
      unlinked.all(after, mark, limit).map(({ number, key, session }) => {
        const id = nodeId(AUDIT_EVENT, key);
        return { number, key, id, session: sessionOf(key, session), node: findNode(id) };
      }),
    markLinked: (key) => void markLinked.run(mark, key),
    mark,
    keepMark: () => {
      if (isNew) keepMark.run(`${mark} ${digest}`);
    },
    owe: (key, after) => void owe.run(key, after ?? null),
    owed: (prefix, after, limit) =>
      owed
        .all(after === '' ? `${prefix}:` : after, `${prefix};`, limit)
        .map((row) => ({ key: row.key, after: row.after ?? undefined })),
    settle: (key) => void settle.run(key),
  };
}
