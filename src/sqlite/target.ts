import type { Database } from 'better-sqlite3';
import type { Change, GraphNode } from '../model/node.ts';
import type { Target } from '../model/target.ts';
import { type NodeStatements, prepareNodeStatements } from './node-statements.ts';
import type { NodeTable } from './target-schema.ts';
import { type Place, translating } from './translate-error.ts';

/** A write transaction ends early after this long: others wait for it, and 250 ms is what they were promised. */
const WRITE_MS = 100;
/** However large a batch is, so many nodes are compared and written at once: memory, and what a commit writes, is bounded. */
const NODES_AT_ONCE = 5000;
const WRITES_BETWEEN_CLOCK_READINGS = 16;

/** Compares nodes with those of an org.db; writes those that differ, unless it is a dry run. */
export class SqliteTarget implements Target {
  readonly path: string;
  readonly #place: Place;
  readonly #db: Database;
  readonly #statements: NodeStatements;
  /** The time written to every node of a run; undefined in a dry run. */
  readonly #now: string | undefined;
  readonly #release: () => void;

  constructor(path: string, db: Database, table: NodeTable, now: string | undefined, release: () => void) {
    this.path = path;
    this.#place = { role: 'target', path };
    this.#db = db;
    this.#statements = prepareNodeStatements(db, table);
    this.#now = now;
    this.#release = release;
  }

  async upsert(nodes: readonly GraphNode[]): Promise<readonly Change[]> {
    return translating(this.#place, () => {
      const some = nodes.slice(0, NODES_AT_ONCE);
      const changes = this.#db.transaction(() => some.map((node) => this.#compare(node))).deferred();
      const now = this.#now;
      if (now === undefined || changes.every(({ action }) => action === 'unchanged')) return changes;
      return this.#db.transaction(() => this.#write(changes, now)).immediate();
    });
  }

  close(): void {
    translating(this.#place, this.#release);
  }

  #compare(node: GraphNode): Change {
    const before = this.#statements.find(node.id);
    if (before === undefined) return { action: 'insert', node };
    return this.#statements.isSame(before, node) ? { action: 'unchanged', node } : { action: 'update', node, before };
  }

  /** Compares again what is to be written: another program may have been here since, before we had the lock. */
  #write(planned: readonly Change[], now: string): readonly Change[] {
    const started = performance.now();
    const done: Change[] = [];
    for (const plan of planned) {
      const change = plan.action === 'unchanged' ? plan : this.#compare(plan.node);
      if (change.action === 'insert') this.#statements.insert(change.node, now);
      if (change.action === 'update') this.#statements.update(change.node, now);
      done.push(change);
      if (done.length % WRITES_BETWEEN_CLOCK_READINGS === 0 && performance.now() - started > WRITE_MS) break;
    }
    return done;
  }
}
