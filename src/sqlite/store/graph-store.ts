import type { ChangeQuestion, ChangeReader, FoundChanges } from '../../model/change.ts';
import type { EdgeInput, GraphStore, KeptEdge, KeptNode, NodeInput, Records } from '../../model/graph-store.ts';
import { actorName } from '../../model/record-input.ts';
import { USUAL_CHANGES } from '../../model/usual-limits.ts';
import type { AtOnce } from '../at-once.ts';
import { EdgeRecords, type EdgeShop } from './edge-records.ts';
import { NodeRecords, type NodeShop } from './node-records.ts';
import type { Pruned, PrunedChanges } from './pruned-changes.ts';
import type { TransactionScopes } from './transaction-scopes.ts';
import type { WriteTransactions } from './write-transactions.ts';

/** What a store works with. */
export interface StoreShop {
  readonly path: string;
  readonly nodes: NodeShop;
  readonly edges: EdgeShop;
  readonly scopes: TransactionScopes;
  readonly transactions: WriteTransactions;
  readonly changes: AtOnce<ChangeReader>;
  readonly pruned: PrunedChanges;
  readonly isCurrent: () => boolean;
  readonly close: () => void;
}

/** An org.db to read and write record by record. */
export class SqliteGraphStore implements GraphStore {
  readonly path: string;
  readonly nodes: Records<KeptNode, NodeInput>;
  readonly edges: Records<KeptEdge, EdgeInput>;
  readonly #shop: StoreShop;
  readonly #actor: string;

  constructor(shop: StoreShop, actor: string) {
    this.path = shop.path;
    this.#shop = shop;
    this.#actor = actorName(actor);
    this.nodes = new NodeRecords(shop.nodes, this.#actor);
    this.edges = new EdgeRecords(shop.edges, this.#actor);
  }

  get longestWriteMs(): number {
    return this.#shop.transactions.longestMs;
  }

  as(actor: string): GraphStore {
    return new SqliteGraphStore(this.#shop, actor);
  }

  transaction<Result>(action: () => Promise<Result>): Promise<Result> {
    return this.#shop.scopes.transaction(action);
  }

  history(question: Partial<ChangeQuestion> = {}): Promise<FoundChanges> {
    return this.#shop.scopes.read(() => this.#shop.changes.find({ limit: USUAL_CHANGES, offset: 0, ...question }));
  }

  async pruneHistory(before: number): Promise<number> {
    const { scopes, pruned } = this.#shop;
    const until = new Date(before).toISOString();
    for (let sofar: Pruned = { gone: 0, entry: undefined }; ; ) {
      const now: Pruned = await scopes.write(() => pruned.dropSome(until, sofar, this.#actor));
      if (now.gone === sofar.gone) return sofar.gone;
      sofar = now;
    }
  }

  isCurrent(): boolean {
    return this.#shop.isCurrent();
  }

  async close(): Promise<void> {
    this.#shop.scopes.requireIdle();
    this.#shop.transactions.close();
    this.#shop.close();
  }
}
