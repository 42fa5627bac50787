import type { Database } from 'better-sqlite3';
import type { RecordCleaner } from '../../model/change.ts';
import type { GraphEdge } from '../../model/edge.ts';
import { type EntityNode, entityRecord } from '../../model/entity.ts';
import { AuditError } from '../../model/errors.ts';
import type {
  EventPage,
  GraphEditor,
  HeldEvent,
  HoldingReader,
  PagePosition,
  Rehanging,
} from '../../model/graph-editor.ts';
import type { Hook } from '../../model/hook.ts';
import type { NodeRecord } from '../../model/node.ts';
import type { Patience } from '../../model/patience.ts';
import type { TrailLookup } from '../../model/trail.ts';
import type { EdgeTable } from '../edge-table.ts';
import { quoteName } from '../quote.ts';
import { GraphWriter } from '../store/graph-writer.ts';
import { WriteTransactions } from '../store/write-transactions.ts';
import type { NodeTable } from '../target-schema.ts';
import type { Place } from '../translate-error.ts';
import { type EventPages, prepareEventPages } from './event-pages.ts';
import type { Holdings } from './holdings.ts';

/** So much text may go from edge to edge in one transaction, which is held in memory until it is in. */
const MOST_TEXT = 1_000_000;

/** What it takes to edit a graph. */
export interface EditorOptions {
  readonly reader: HoldingReader;
  readonly place: Place;
  readonly table: NodeTable;
  readonly edges: EdgeTable;
  readonly holdings: Holdings;
  readonly now: string;
  /** Who edits it. */
  readonly actor: string;
  readonly cleaner: RecordCleaner;
  readonly hooks: readonly Hook[];
  readonly patience: Patience;
}

/** Edits an org.db. What it changes is no record of ours, so no seal is told. */
export class SqliteGraphEditor implements GraphEditor {
  readonly path: string;
  readonly trails: TrailLookup;
  readonly #options: EditorOptions;
  readonly #transactions: WriteTransactions;
  readonly #graph: GraphWriter;
  readonly #events: EventPages;
  readonly #hasNode;

  constructor(db: Database, options: EditorOptions) {
    const { reader, place, table, patience } = options;
    const id = quoteName(table.columns.get('id') ?? 'id');
    this.path = reader.path;
    this.trails = reader.trails;
    this.#options = options;
    const writing: Place = { ...place, table: 'kg_edges' };
    const { edges, now, cleaner } = options;
    this.#graph = new GraphWriter(db, {
      path: place.path,
      nodes: table,
      edges,
      clock: () => now,
      cleaner,
      hooks: options.hooks,
    });
    this.#transactions = new WriteTransactions(db, writing, patience, [this.#graph]);
    this.#events = prepareEventPages(db, table);
    this.#hasNode = db.prepare<[string], 1>(`SELECT 1 FROM kg_nodes WHERE ${id} = ?`).pluck();
  }

  get longestWriteMs(): number {
    return this.#transactions.longestMs;
  }

  hasNodeOf(nodeType: string): Promise<boolean> {
    return this.#options.reader.hasNodeOf(nodeType);
  }

  readEvents(after: PagePosition | undefined): Promise<EventPage> {
    return this.#options.reader.readEvents(after);
  }

  async makeNode(node: EntityNode): Promise<void> {
    await this.#transactions.run(() => this.#makeNode(entityRecord(node)));
  }

  async rehang<Decision extends Rehanging>(
    ids: readonly string[],
    decide: (event: HeldEvent) => Decision,
  ): Promise<readonly (Decision | undefined)[]> {
    this.#options.holdings.prepare();
    return this.#transactions.run(
      () => this.#rehangFirst(ids, decide),
      (done) => done.length,
    );
  }

  #makeNode(node: NodeRecord): void {
    const shaped = this.#graph.shapeNode(node);
    if (shaped !== undefined) this.#graph.insertNode(shaped, this.#options.actor);
  }

  async close(): Promise<void> {
    this.#transactions.close();
    await this.#options.reader.close();
  }

  #rehangFirst<Decision extends Rehanging>(ids: readonly string[], decide: (event: HeldEvent) => Decision) {
    const started = performance.now();
    const { holdings, actor } = this.#options;
    holdings.lookAgain();
    const done: (Decision | undefined)[] = [];
    let text = 0;
    for (const id of ids) {
      const decision = this.#events.has(id) ? decide({ id, holders: holdings.of(id) }) : undefined;
      if (decision?.inserted) this.#insert(decision.inserted);
      for (const holder of decision?.removed ?? []) this.#graph.removeEdgeAt(holder.edge, actor);
      done.push(decision);
      text += decision?.inserted?.properties?.length ?? 0;
      if (text > MOST_TEXT || performance.now() - started > this.#transactions.budgetMs) break;
    }
    return done;
  }

  #insert(edge: GraphEdge): void {
    const { path } = this;
    if (this.#hasNode.get(edge.fromNode) === undefined) {
      const hint = 'somebody removed it meanwhile; run again, or name another one';
      throw new AuditError('node-not-found', `target ${path} has no node ${edge.fromNode} any more`, hint);
    }
    if (this.#graph.insertEdge(edge, this.#options.actor)) return;
    const message = `kg_edges of target ${path} has another edge under the id ${edge.id}`;
    throw new AuditError('target-refuses-writes', message, 'remove that edge, or give it another id');
  }
}
