import type { Database } from 'better-sqlite3';
import type { StoredEntity } from '../../model/entity.ts';
import { LinkTally } from '../../model/link-tally.ts';
import type { Link, LinkCounts, LinkedEdges } from '../../model/linker.ts';
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
  readonly #wasForeseen;
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
    this.#wasForeseen = db.prepare<[string], 1>('SELECT 1 FROM temp.foreseen WHERE id = ?').pluck();
  }

  /** How far edges are: all there, none to be made as the others lack an end, or some to be made. */
  stateOf(links: readonly Link[]): 'made' | 'stuck' | 'open' {
    const rest = links.filter(({ edge }) => this.#edges?.has(edge.id) !== true);
    if (rest.length === 0) return 'made';
    return rest.every((link) => missingEnd(link, (id) => this.#hasNode.get(id) !== undefined)) ? 'stuck' : 'open';
  }

  /** A transaction begins: what one before it has seen may be gone, and what it has counted may be undone. */
  begin(): void {
    this.#known.clear();
    this.#tally = new LinkTally();
  }

  /** Gives whether all of them are there now; where an end of one is not, no entity is made for it, either. */
  write(links: readonly Link[], now: string): boolean {
    let isWhole = true;
    for (const link of links) {
      const { edge, entities } = link;
      if (this.#edges === undefined) throw new Error('no table of edges, though edges are to be written');
      if (this.#edges.has(edge.id)) {
        this.#tally.unchanged(edge.edgeType);
        continue;
      }
      const missing = missingEnd(link, (id) => this.#isThere(id));
      if (missing !== undefined) {
        this.#tally.missing(missing);
        isWhole = false;
        continue;
      }
      for (const entity of entities) this.#ensure(entity, now);
      if (this.#edges.insert(edge, now)) this.#tally.inserted(edge.edgeType);
    }
    return isWhole;
  }

  /** Counts what writing would do; `event` is to be there by then. */
  preview({ links, isCut }: LinkedEdges, event: string): void {
    if (isCut) this.#tally.cut();
    // An edge that comes twice comes of one event.
    const seen = new Set<string>();
    for (const link of links) {
      const { edge, entities } = link;
      if (seen.has(edge.id) || this.#edges?.has(edge.id)) {
        this.#tally.unchanged(edge.edgeType);
        continue;
      }
      const missing = missingEnd(link, (id) => id === event || this.#isForeseen(id));
      if (missing !== undefined) {
        this.#tally.missing(missing);
        continue;
      }
      for (const { id } of entities) {
        if (this.#hasNode.get(id) === undefined && this.#foresee.run(id).changes > 0) this.#tally.nodeInserted();
      }
      seen.add(edge.id);
      this.#tally.inserted(edge.edgeType);
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

  #isForeseen(id: string): boolean {
    return this.#hasNode.get(id) !== undefined || this.#wasForeseen.get(id) !== undefined;
  }

  #isThere(id: string): boolean {
    if (this.#known.has(id)) return true;
    if (this.#hasNode.get(id) === undefined) return false;
    this.#known.add(id);
    return true;
  }
}

/** The first end of an edge that neither is there nor is made for it. */
function missingEnd({ edge, entities }: Link, isThere: (id: string) => boolean): string | undefined {
  return [edge.fromNode, edge.toNode].find((end) => !entities.some(({ id }) => id === end) && !isThere(end));
}
