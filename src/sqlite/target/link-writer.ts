import type { Database } from 'better-sqlite3';
import { LinkTally } from '../../model/link-tally.ts';
import type { Link, LinkCounts, LinkedEdges } from '../../model/linker.ts';
import type { NodeRecord } from '../../model/node.ts';
import { quoteName } from '../quote.ts';
import type { GraphWriter } from '../store/graph-writer.ts';
import type { NodeTable } from '../target-schema.ts';

/** Makes edges and the entities they lead to, or looks at what that would do; within a transaction of its caller. */
export class LinkWriter {
  readonly #graph: GraphWriter;
  readonly #hasNode;
  readonly #foresee;
  readonly #wasForeseen;
  /** Nodes that are there, as this transaction has seen. */
  readonly #known = new Set<string>();
  #tally = new LinkTally();

  constructor(db: Database, nodes: NodeTable, graph: GraphWriter) {
    this.#graph = graph;
    const id = quoteName(nodes.columns.get('id') ?? 'id');
    this.#hasNode = db.prepare<[string], 1>(`SELECT 1 FROM kg_nodes WHERE ${id} = ?`).pluck();
    db.exec('CREATE TEMP TABLE IF NOT EXISTS foreseen(id TEXT PRIMARY KEY) WITHOUT ROWID');
    this.#foresee = db.prepare('INSERT OR IGNORE INTO temp.foreseen(id) VALUES (?)');
    this.#wasForeseen = db.prepare<[string], 1>('SELECT 1 FROM temp.foreseen WHERE id = ?').pluck();
  }

  /** How far edges are: all there, none to be made as the others lack an end, or some to be made. */
  stateOf(links: readonly Link[]): 'made' | 'stuck' | 'open' {
    const rest = links.filter(({ edge }) => !this.#graph.hasEdge(edge.id));
    if (rest.length === 0) return 'made';
    return rest.every((link) => missingEnd(link, (id) => this.#hasNode.get(id) !== undefined)) ? 'stuck' : 'open';
  }

  /** A transaction begins: what one before it has seen may be gone, and what it has counted may be undone. */
  begin(): void {
    this.#known.clear();
    this.#tally = new LinkTally();
  }

  /** A node was made in this transaction. */
  noteThere(id: string): void {
    this.#known.add(id);
  }

  /**
   * Gives whether all of them are there now; where an end of one is not, no entity is made for it, either. Those of an event
   * whose id was made up just now need not be looked for.
   */
  write(links: readonly Link[], isFresh = false): boolean {
    let isWhole = true;
    for (const link of links) {
      const { edge, entities, actor } = link;
      if (!isFresh && this.#graph.hasEdge(edge.id)) {
        this.#tally.unchanged(edge.edgeType);
        continue;
      }
      const missing = missingEnd(link, (id) => this.#isThere(id));
      if (missing !== undefined) {
        this.#tally.missing(missing);
        isWhole = false;
        continue;
      }
      const vetoed = entities.find((entity) => !this.#ensure(entity, actor));
      if (vetoed !== undefined) {
        this.#tally.missing(vetoed.id);
        isWhole = false;
        continue;
      }
      if (this.#graph.insertEdge(edge, actor)) this.#tally.inserted(edge.edgeType);
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
      if (seen.has(edge.id) || this.#graph.hasEdge(edge.id)) {
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

  /** False where a hook keeps it from being made. */
  #ensure(entity: NodeRecord, actor: string): boolean {
    if (this.#known.has(entity.id)) return true;
    if (this.#hasNode.get(entity.id) === undefined) {
      const shaped = this.#graph.shapeNode(entity);
      if (shaped === undefined) return false;
      if (this.#graph.insertNode(shaped, actor)) this.#tally.nodeInserted();
    }
    this.#known.add(entity.id);
    return true;
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
