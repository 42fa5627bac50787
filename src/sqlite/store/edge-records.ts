import { edgeOfJson, type RecordCleaner } from '../../model/change.ts';
import { cleanEdgeInput } from '../../model/clean-input.ts';
import type { GraphEdge } from '../../model/edge.ts';
import type { EdgeInput, KeptEdge, KeptReader, ListQuestion, Records } from '../../model/graph-store.ts';
import { requireEnds } from '../../model/record-input.ts';
import { edgeExists } from '../../model/record-refusals.ts';
import { USUAL_LIST } from '../../model/usual-limits.ts';
import type { AtOnce } from '../at-once.ts';
import type { StoredNodes } from '../stored-nodes.ts';
import type { GraphWriter } from './graph-writer.ts';
import type { TransactionScopes } from './transaction-scopes.ts';

/** What edges are read and written with. */
export interface EdgeShop {
  readonly scopes: TransactionScopes;
  readonly graph: GraphWriter;
  readonly stored: StoredNodes;
  readonly kept: AtOnce<KeptReader<KeptEdge>>;
  /** What an edge said when it was removed last, as JSON; undefined where the log does not tell. */
  readonly lastSaid: (id: string) => string | undefined;
  readonly cleaner: RecordCleaner;
}

/** The edges of a graph, one by one. */
export class EdgeRecords implements Records<KeptEdge, EdgeInput> {
  readonly #shop: EdgeShop;
  readonly #actor: string;

  constructor(shop: EdgeShop, actor: string) {
    this.#shop = shop;
    this.#actor = actor;
  }

  get(id: string): Promise<KeptEdge | undefined> {
    return this.#shop.scopes.read(() => this.#shop.kept.find(id));
  }

  list(question: ListQuestion = {}): Promise<readonly KeptEdge[]> {
    return this.#shop.scopes.read(() => this.#shop.kept.list({ ...question, limit: question.limit ?? USUAL_LIST }));
  }

  count(type: string, limit: number): Promise<number> {
    return this.#shop.scopes.read(() => this.#shop.kept.count(type, limit));
  }

  insert(input: EdgeInput): Promise<KeptEdge> {
    return this.#shop.scopes.write(() => this.#insert(input));
  }

  insertMany(inputs: readonly EdgeInput[]): Promise<readonly KeptEdge[]> {
    return this.#shop.scopes.write(() => inputs.map((input) => this.#insert(input)));
  }

  save(input: EdgeInput): Promise<KeptEdge> {
    const { scopes, graph, kept } = this.#shop;
    return scopes.write(() => {
      const edge = cleanEdgeInput(input, this.#shop.cleaner);
      const before = kept.find(edge.id);
      if (before === undefined) return this.#insert(input);
      if (before.properties !== edge.properties) graph.updateEdge(edge, before, this.#actor);
      return this.#require(edge.id);
    });
  }

  delete(id: string): Promise<boolean> {
    return this.#shop.scopes.write(() => this.#shop.graph.removeEdge(id, this.#actor));
  }

  deleteMany(ids: readonly string[]): Promise<number> {
    const { scopes, graph } = this.#shop;
    return scopes.write(() => ids.filter((id) => graph.removeEdge(id, this.#actor)).length);
  }

  restore(id: string): Promise<boolean> {
    const { scopes, graph, kept, lastSaid } = this.#shop;
    return scopes.write(() => {
      const said = lastSaid(id);
      const edge = said === undefined ? undefined : edgeOfJson(id, said);
      if (edge === undefined || kept.find(id) !== undefined) return false;
      return graph.restoreEdge(this.#requireEnds(edge), this.#actor);
    });
  }

  #insert(input: EdgeInput): KeptEdge {
    const edge = this.#requireEnds(cleanEdgeInput(input, this.#shop.cleaner));
    if (this.#shop.graph.insertEdge(edge, this.#actor)) return this.#require(edge.id);
    throw edgeExists(edge.id);
  }

  #requireEnds(edge: GraphEdge): GraphEdge {
    return requireEnds(edge, (id) => this.#shop.stored.find(id) !== undefined);
  }

  #require(id: string): KeptEdge {
    const edge = this.#shop.kept.find(id);
    if (edge === undefined) throw new Error(`no edge ${id}, though it was written`);
    return edge;
  }
}
