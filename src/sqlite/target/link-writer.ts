import type { Database } from 'better-sqlite3';
import type { StoredEntity } from '../../model/entity.ts';
import { LinkTally } from '../../model/link-tally.ts';
import type { Link, LinkCounts } from '../../model/linker.ts';
import type { EdgeTable } from '../edge-table.ts';
import { quoteName } from '../quote.ts';
import type { NodeTable } from '../target-schema.ts';
import { type EdgeWriter, prepareEdgeWriter } from './edge-writer.ts';
import { type EntityWriter, prepareEntityWriter } from './entity-writer.ts';

/** Where edges and the nodes that they join stand, in the target at `path`. */
export interface LinkTables {
  readonly path: string;
  readonly nodes: NodeTable;
  readonly edges: EdgeTable | undefined;
}

/** Makes edges and the entities they lead to, or looks at what that would do; within a transaction of its caller. */
export class LinkWriter {
  readonly #edges: EdgeWriter | undefined;
  readonly #entities: EntityWriter;
  readonly #hasNode;
  readonly #foresee;
  /** Nodes that are there, as this transaction has seen. */
  readonly #known = new Set<string>();
  #tally = new LinkTally();

  /** `edges` is undefined where there is no table of edges yet, and none may be made. */
  constructor(db: Database, { path, nodes, edges }: LinkTables) {
    this.#edges = edges && prepareEdgeWriter(db, path, edges);
    this.#entities = prepareEntityWriter(db, nodes);
    const id = quoteName(nodes.columns.get('id') ?? 'id');
    this.#hasNode = db.prepare<[string], 1>(`SELECT 1 FROM kg_nodes WHERE ${id} = ?`).pluck();
    db.exec('CREATE TEMP TABLE IF NOT EXISTS foreseen(id TEXT PRIMARY KEY) WITHOUT ROWID');
    this.#foresee = db.prepare('INSERT OR IGNORE INTO temp.foreseen(id) VALUES (?)');
  }

  /** Whether all of these edges are there. */
  hasAll(links: readonly Link[]): boolean {
    return links.every(({ edge }) => this.#edges?.has(edge.id) === true);
  }

  /** A transaction begins: what one before it has seen may be gone, and what it has counted may be undone. */
  begin(): void {
    this.#known.clear();
    this.#tally = new LinkTally();
  }

  write(links: readonly Link[], now: string): void {
    for (const { edge, entities } of links) {
      if (this.#edges === undefined) throw new Error('no table of edges, though edges are to be written');
      if (this.#edges.has(edge.id)) {
        this.#tally.unchanged(edge.edgeType);
        continue;
      }
      for (const entity of entities) this.#ensure(entity, now);
      const missing = [edge.fromNode, edge.toNode].find((end) => !this.#isThere(end));
      if (missing !== undefined) this.#tally.missing(missing);
      else if (this.#edges.insert(edge, now)) this.#tally.inserted(edge.edgeType);
    }
  }

  /** Counts what writing would do; `event` is to be there by then. */
  preview(links: readonly Link[], event: string): void {
    for (const { edge, entities } of links) {
      if (this.#edges?.has(edge.id)) {
        this.#tally.unchanged(edge.edgeType);
        continue;
      }
      const made = new Set([event, ...entities.map(({ id }) => id)]);
      const missing = [edge.fromNode, edge.toNode].find(
        (end) => !made.has(end) && this.#hasNode.get(end) === undefined,
      );
      for (const { id } of entities) {
        if (this.#hasNode.get(id) === undefined && this.#foresee.run(id).changes > 0) this.#tally.nodeInserted();
      }
      if (missing !== undefined) this.#tally.missing(missing);
      else this.#tally.inserted(edge.edgeType);
    }
  }

  /** What was counted since the last call. */
  takeCounts(): LinkCounts {
    const counts = this.#tally.counts();
    this.#tally = new LinkTally();
    return counts;
  }

  #ensure(entity: StoredEntity, now: string): void {
    if (this.#known.has(entity.id)) return;
    if (this.#entities.insert(entity, now)) this.#tally.nodeInserted();
    this.#known.add(entity.id);
  }

  #isThere(id: string): boolean {
    if (this.#known.has(id)) return true;
    if (this.#hasNode.get(id) === undefined) return false;
    this.#known.add(id);
    return true;
  }
}
