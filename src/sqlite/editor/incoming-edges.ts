import type { Database } from 'better-sqlite3';
import { HAS_EVENT } from '../../model/trail.ts';
import type { EdgeTable } from '../edge-table.ts';

/** Edges that are looked at in one read. */
const AT_ONCE = 10_000;
/** The least row id there can be. */
const BEFORE_ALL = -(2n ** 63n);

/**
 * Which rows of a `kg_edges` lead to which event, for one that has no index that tells: a table of this connection alone, on
 * the disk. It is brought up to date by the rows that were added; who asks it looks at the rows themselves.
 */
export class IncomingEdges {
  readonly #last;
  readonly #end;
  readonly #add;
  #seen = BEFORE_ALL;

  constructor(db: Database, edges: EdgeTable, rowid: string) {
    db.exec('CREATE TEMP TABLE incoming(event TEXT, edge INTEGER, PRIMARY KEY(event, edge)) WITHOUT ROWID');
    const to = edges.get('to_node') ?? 'to_node';
    const type = edges.get('edge_type') ?? 'edge_type';
    this.#last = db.prepare<[], bigint | null>(`SELECT max(${rowid}) FROM kg_edges`).pluck().safeIntegers();
    this.#end = db
      .prepare<[bigint, number], bigint | null>(
        `SELECT max(r) FROM (SELECT ${rowid} AS r FROM kg_edges WHERE ${rowid} > ? ORDER BY ${rowid} LIMIT ?)`,
      )
      .pluck()
      .safeIntegers();
    this.#add = db.prepare<[bigint, bigint, string]>(
      `INSERT OR IGNORE INTO temp.incoming(event, edge)
       SELECT ${to}, ${rowid} FROM kg_edges
       WHERE ${rowid} > ? AND ${rowid} <= ? AND ${type} = ? AND typeof(${to}) = 'text'`,
    );
  }

  /** Brings it up to date, in many short reads. */
  catchUp(): void {
    // Where the last rows are gone, their numbers are given anew.
    const last = this.#last.get() ?? BEFORE_ALL;
    if (last < this.#seen) this.#seen = last;
    this.#seen = this.addNew();
  }

  /** Adds what came since; within a transaction of the caller, which may be undone. Gives how far that is. */
  addNew(): bigint {
    for (let from = this.#seen; ; ) {
      const to = this.#end.get(from, AT_ONCE) ?? undefined;
      if (to === undefined) return from;
      this.#add.run(from, to, HAS_EVENT);
      from = to;
    }
  }
}
