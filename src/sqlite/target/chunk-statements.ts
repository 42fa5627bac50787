import type { Database } from 'better-sqlite3';
import type { Chunk } from '../../model/chunk.ts';
import type { Leaf } from '../../model/recorded-graph.ts';

/** Reads and writes the chunks of `audit_chunks`. A chunk is named after its first key, the first one after nothing. */
export interface ChunkStatements {
  /** The chunk that a key belongs to, as chunks are now; undefined before the first one. */
  chunkOf(key: string): string | undefined;
  /** The chunk before this one, and the one after it. */
  before(first: string): string | undefined;
  after(first: string): string | undefined;
  /** The entries from one key on, before another one. */
  leaves(from: string, before: string | undefined): readonly Leaf[];
  hasEntry(key: string): boolean;
  /** The chunks from one key on, before another one, in order. */
  range(from: string, before: string | undefined): readonly Chunk[];
  /** Puts chunks in the place of those from one key on, before another one. */
  replace(from: string, before: string | undefined, chunks: readonly Chunk[]): void;
  /** The digests of all chunks, joined in order, and how many entries they have. */
  all(): { readonly digests: string; readonly entries: number };
}

/** Prepares them. The tables must be there. */
export function prepareChunkStatements(db: Database): ChunkStatements {
  const first = (condition: string) =>
    db
      .prepare<[string], string>(
        `SELECT first FROM audit_chunks WHERE typeof(first) = 'text' AND first ${condition} LIMIT 1`,
      )
      .pluck();
  const chunkOf = first('<= ? ORDER BY first DESC');
  const before = first('< ? ORDER BY first DESC');
  const after = first('> ? ORDER BY first');
  // A key of another type is none of ours, and sorts after all texts.
  const selectLeaves = "SELECT key, leaf FROM audit_entries WHERE typeof(key) = 'text' AND key >= ?";
  const leaves = db.prepare<[string, string], Leaf>(`${selectLeaves} AND key < ? ORDER BY key`);
  const lastLeaves = db.prepare<[string], Leaf>(`${selectLeaves} ORDER BY key`);
  const hasEntry = db.prepare<[string], 1>('SELECT 1 FROM audit_entries WHERE key = ?').pluck();
  const remove = db.prepare('DELETE FROM audit_chunks WHERE first >= ? AND first < ?');
  const removeLast = db.prepare('DELETE FROM audit_chunks WHERE first >= ?');
  const select = 'SELECT first, digest, entries FROM audit_chunks WHERE first >= ?';
  const range = db.prepare<[string, string], Chunk>(`${select} AND first < ? ORDER BY first`);
  const lastRange = db.prepare<[string], Chunk>(`${select} ORDER BY first`);
  const insert = db.prepare('INSERT INTO audit_chunks(first, digest, entries) VALUES (?, ?, ?)');
  const all = db.prepare<[], { digests: string; entries: number }>(
    `SELECT coalesce(group_concat(digest, ''), '') AS digests, coalesce(sum(entries), 0) AS entries
     FROM (SELECT digest, entries FROM audit_chunks ORDER BY first)`,
  );
  return {
    chunkOf: (key) => chunkOf.get(key),
    before: (chunk) => before.get(chunk),
    after: (chunk) => after.get(chunk),
    leaves: (from, end) => (end === undefined ? lastLeaves.all(from) : leaves.all(from, end)),
    hasEntry: (key) => hasEntry.get(key) !== undefined,
    range: (from, end) => (end === undefined ? lastRange.all(from) : range.all(from, end)),
    replace: (from, end, chunks) => {
      if (end === undefined) removeLast.run(from);
      else remove.run(from, end);
      for (const { first: name, digest, entries } of chunks) insert.run(name, digest, entries);
    },
    all: () => all.get() ?? { digests: '', entries: 0 },
  };
}
