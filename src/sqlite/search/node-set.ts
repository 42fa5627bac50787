import type { Database } from 'better-sqlite3';
import type { Read } from '../translate-error.ts';

/** Some nodes, kept on disk as they may be many; so they have to be dropped. */
export interface ListedNodes {
  readonly kind: 'listed';
  has(id: string): boolean;
  /** Some of its ids after one, in order. */
  page(after: string, limit: number): readonly string[];
  drop(): void;
}

/** Nodes that are so many that each is better asked for. */
interface UnlistedNodes {
  readonly kind: 'unlisted';
  has(id: string): boolean;
}

export type NodeSet = ListedNodes | UnlistedNodes;

/** Makes a list without nodes: a temporary table, so the file is left as it is. */
export function makeList(
  db: Database,
  number: number,
  read: Read,
): ListedNodes & { add(ids: readonly string[]): void } {
  const table = `temp.audit_found_${number}`;
  read(() => db.exec(`CREATE TABLE ${table}(id TEXT PRIMARY KEY) WITHOUT ROWID`));
  const insert = db.prepare<[string]>(`INSERT OR IGNORE INTO ${table}(id) VALUES (?)`);
  const insertAll = db.transaction((ids: readonly string[]) => {
    for (const id of ids) insert.run(id);
  });
  const has = db.prepare<[string], 1>(`SELECT 1 FROM ${table} WHERE id = ?`).pluck();
  const page = db.prepare<[string, number], string>(`SELECT id FROM ${table} WHERE id > ? ORDER BY id LIMIT ?`).pluck();
  return {
    kind: 'listed',
    add: (ids) => read(() => insertAll(ids)),
    has: (id) => read(() => has.get(id)) !== undefined,
    page: (after, limit) => read(() => page.all(after, limit)),
    drop: () => read(() => void db.exec(`DROP TABLE IF EXISTS ${table}`)),
  };
}
