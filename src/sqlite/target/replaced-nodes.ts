import { type Database, SqliteError } from 'better-sqlite3';
import { nodeId } from '../../model/key.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import type { GraphWriter } from '../store/graph-writer.ts';
import { type OwnEdges, prepareOwnEdges } from '../store/own-edges.ts';

/** So many ids are told of. */
const TOLD = 100;
/** So many nodes are removed in one transaction. */
const AT_ONCE = 500;

/** Those of an origin, by what its keys begin with, that are listed, and not recorded once more: rules may be changed back. */
const STANDING = `FROM audit_replaced AS replaced WHERE typeof(key) = 'text'
  AND iif(@begin = '', substr(key, 1, 1) <> '@', substr(key, 1, length(@begin)) = @begin)
  AND NOT EXISTS (SELECT 1 FROM audit_entries WHERE audit_entries.key = replaced.key)`;

/**
 * The list of nodes that stand under ids of which a change of the rules for secrets has made others. They are no longer
 * recorded as ours; the same records stand under the new ids.
 */
export class ReplacedNodes {
  readonly #db: Database;
  readonly #graph: GraphWriter;
  readonly #actor: string;
  readonly #add;
  readonly #drop;
  readonly #page;
  readonly #count;

  /** `actor` is who removes them. */
  constructor(db: Database, graph: GraphWriter, actor: string) {
    this.#db = db;
    this.#graph = graph;
    this.#actor = actor;
    this.#add = db.prepare('INSERT OR IGNORE INTO audit_replaced(key) VALUES (?)');
    this.#drop = db.prepare('DELETE FROM audit_replaced WHERE key = ?');
    this.#page = db
      .prepare<[object], string>(`SELECT key ${STANDING} AND key > @after ORDER BY key LIMIT @limit`)
      .pluck();
    this.#count = db.prepare<[object], number>(`SELECT count(*) ${STANDING}`).pluck();
  }

  add(key: string): void {
    this.#add.run(key);
  }

  count(begin: string): number {
    return this.#count.get({ begin }) ?? 0;
  }

  /** The first ids of the list. */
  ids(begin: string): readonly string[] {
    return this.#page.all({ begin, after: '', limit: TOLD }).map((key) => nodeId(AUDIT_EVENT, key));
  }

  /**
   * Removes the next nodes of the list after a key, with the edges that we made of them, within a transaction; a node that
   * an edge of others joins stays, and stays listed. Gives the last key that was looked at, undefined where there was none, and how many nodes went.
   */
  removeAfter(begin: string, after: string): { readonly last: string | undefined; readonly removed: number } {
    const keys = this.#page.all({ begin, after, limit: AT_ONCE });
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
        const ids = edges.at(id);
        if (ids === undefined) return false;
        for (const edge of ids) this.#graph.removeEdge(edge, this.#actor);
        this.#graph.removeNode(id, this.#actor);
        return true;
      })();
    } catch (error) {
      if (error instanceof SqliteError && error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY') return false;
      throw error;
    }
  }
}
