import { type Database, SqliteError } from 'better-sqlite3';
import { nodeId } from '../../model/key.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import { quoteName } from '../quote.ts';
import type { NodeTable } from '../target-schema.ts';
import { type OwnEdges, prepareOwnEdges } from './own-edges.ts';

/** So many ids are told of. */
const TOLD = 100;
/** So many nodes are removed in one transaction. */
const AT_ONCE = 500;

/** Those that are listed, and not recorded once more: rules may be changed back. */
const STANDING = `FROM audit_replaced AS replaced WHERE typeof(key) = 'text'
  AND NOT EXISTS (SELECT 1 FROM audit_entries WHERE audit_entries.key = replaced.key)`;

/**
 * The list of nodes that stand under ids of which a change of the rules for secrets has made others. They are no longer
 * recorded as ours; the same records stand under the new ids.
 */
export class ReplacedNodes {
  readonly #db: Database;
  readonly #add;
  readonly #drop;
  readonly #remove;
  readonly #page;
  readonly #count;

  constructor(db: Database, table: NodeTable) {
    const id = quoteName(table.columns.get('id') ?? 'id');
    this.#db = db;
    this.#add = db.prepare('INSERT OR IGNORE INTO audit_replaced(key) VALUES (?)');
    this.#drop = db.prepare('DELETE FROM audit_replaced WHERE key = ?');
    this.#remove = db.prepare(`DELETE FROM kg_nodes WHERE ${id} = ?`);
    this.#page = db
      .prepare<[string, number], string>(`SELECT key ${STANDING} AND key > ? ORDER BY key LIMIT ?`)
      .pluck();
    this.#count = db.prepare<[], number>(`SELECT count(*) ${STANDING}`).pluck();
  }

  add(key: string): void {
    this.#add.run(key);
  }

  count(): number {
    return this.#count.get() ?? 0;
  }

  /** The first ids of the list. */
  ids(): readonly string[] {
    return this.#page.all('', TOLD).map((key) => nodeId(AUDIT_EVENT, key));
  }

  /**
   * Removes the next nodes of the list after a key, with the edges that we made of them, within a transaction; a node that
   * an edge of others joins stays, and stays listed. Gives the last key that was looked at, undefined where there was none, and how many nodes went.
   */
  removeAfter(after: string): { readonly last: string | undefined; readonly removed: number } {
    const keys = this.#page.all(after, AT_ONCE);
    const edges = prepareOwnEdges(this.#db);
    let removed = 0;
    for (const key of keys) {
      const id = nodeId(AUDIT_EVENT, key);
      if (!this.#tryRemove(id, edges)) continue;
      this.#drop.run(key);
      removed++;
    }
    return { last: keys.at(-1), removed };
  }

  /** Other tables may refer to nodes, too. */
  #tryRemove(id: string, edges: OwnEdges): boolean {
    try {
      // What went before it failed comes back.
      return this.#db.transaction(() => {
        if (!edges.remove(id)) return false;
        this.#remove.run(id);
        return true;
      })();
    } catch (error) {
      if (error instanceof SqliteError && error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY') return false;
      throw error;
    }
  }
}
