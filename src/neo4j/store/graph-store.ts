import type { ChangeQuestion, FoundChanges } from '../../model/change.ts';
import type { EdgeInput, GraphStore, KeptEdge, KeptNode, NodeInput, Records } from '../../model/graph-store.ts';
import { actorName } from '../../model/record-input.ts';
import { USUAL_CHANGES } from '../../model/usual-limits.ts';
import { changeReader } from '../change-reader.ts';
import type { Connection } from '../connection.ts';
import { type Pruned, pruneSome } from '../prune-changes.ts';
import { EdgeRecords } from './edge-records.ts';
import { NodeRecords, type RecordShop } from './node-records.ts';

/**
 * A graph on Neo4j to read and write record by record. A part of a transaction that fails after it has changed something,
 * be it a transaction within or a single call, cannot be undone alone there: the whole is undone, and says so.
 */
export class Neo4jGraphStore implements GraphStore {
  readonly path: string;
  readonly nodes: Records<KeptNode, NodeInput>;
  readonly edges: Records<KeptEdge, EdgeInput>;
  readonly #connection: Connection;
  readonly #shop: RecordShop;

  constructor(connection: Connection, shop: RecordShop) {
    this.path = connection.path;
    this.#connection = connection;
    this.#shop = { ...shop, actor: actorName(shop.actor) };
    this.nodes = new NodeRecords(this.#shop);
    this.edges = new EdgeRecords(this.#shop);
  }

  get longestWriteMs(): number {
    return this.#connection.longestWriteMs;
  }

  as(actor: string): GraphStore {
    return new Neo4jGraphStore(this.#connection, { ...this.#shop, actor });
  }

  transaction<Result>(action: () => Promise<Result>): Promise<Result> {
    return this.#shop.transactions.transaction(action);
  }

  history(question: Partial<ChangeQuestion> = {}): Promise<FoundChanges> {
    const reader = changeReader(this.#shop.transactions.read);
    return reader.find({ limit: USUAL_CHANGES, offset: 0, ...question });
  }

  async pruneHistory(before: number): Promise<number> {
    const { transactions, actor } = this.#shop;
    const until = new Date(before).toISOString();
    for (let sofar: Pruned = { gone: 0, entry: undefined }; ; ) {
      const now: Pruned = await transactions.write((work) => pruneSome(work, until, sofar, actor));
      if (now.gone === sofar.gone) return sofar.gone;
      sofar = now;
    }
  }

  isCurrent(): boolean {
    return true;
  }

  /** Its connection is whoever's has opened it. */
  async close(): Promise<void> {
    this.#shop.transactions.requireIdle();
  }
}
