import type { RecordCleaner } from '../../model/change.ts';
import { cleanNodeInput } from '../../model/clean-input.ts';
import type { KeptNode, KeptReader, ListQuestion, NodeInput, Records } from '../../model/graph-store.ts';
import type { NodeRecord } from '../../model/node.ts';
import { nodeExists, nodeVetoed } from '../../model/record-refusals.ts';
import { USUAL_LIST } from '../../model/usual-limits.ts';
import type { AtOnce } from '../at-once.ts';
import type { StoredNodes } from '../stored-nodes.ts';
import type { GraphWriter } from './graph-writer.ts';
import type { TransactionScopes } from './transaction-scopes.ts';

/** What nodes are read and written with. */
export interface NodeShop {
  readonly scopes: TransactionScopes;
  readonly graph: GraphWriter;
  readonly stored: StoredNodes;
  readonly kept: AtOnce<KeptReader<KeptNode>>;
  readonly cleaner: RecordCleaner;
}

/** The nodes of a graph, one by one. */
export class NodeRecords implements Records<KeptNode, NodeInput> {
  readonly #shop: NodeShop;
  readonly #actor: string;

  constructor(shop: NodeShop, actor: string) {
    this.#shop = shop;
    this.#actor = actor;
  }

  get(id: string, { includeDeleted = false } = {}): Promise<KeptNode | undefined> {
    return this.#shop.scopes.read(() => {
      const node = this.#shop.kept.find(id);
      return node?.deletedAt == null || includeDeleted ? node : undefined;
    });
  }

  list(question: ListQuestion = {}): Promise<readonly KeptNode[]> {
    return this.#shop.scopes.read(() => this.#shop.kept.list({ ...question, limit: question.limit ?? USUAL_LIST }));
  }

  count(type: string, limit: number): Promise<number> {
    return this.#shop.scopes.read(() => this.#shop.kept.count(type, limit));
  }

  insert(input: NodeInput): Promise<KeptNode> {
    return this.#shop.scopes.write(() => this.#insert(input));
  }

  insertMany(inputs: readonly NodeInput[]): Promise<readonly KeptNode[]> {
    return this.#shop.scopes.write(() => inputs.map((input) => this.#insert(input)));
  }

  save(input: NodeInput): Promise<KeptNode> {
    const { scopes, graph, stored } = this.#shop;
    return scopes.write(() => {
      const node = this.#shape(cleanNodeInput(input, this.#shop.cleaner));
      const before = stored.find(node.id);
      if (before === undefined) graph.insertNode(node, this.#actor);
      else if (!stored.isSame(before, node)) graph.updateNode(node, before, this.#actor);
      return this.#require(node.id);
    });
  }

  delete(id: string): Promise<boolean> {
    return this.#shop.scopes.write(() => this.#shop.graph.softDeleteNode(id, this.#actor));
  }

  deleteMany(ids: readonly string[]): Promise<number> {
    const { scopes, graph } = this.#shop;
    return scopes.write(() => ids.filter((id) => graph.softDeleteNode(id, this.#actor)).length);
  }

  restore(id: string): Promise<boolean> {
    return this.#shop.scopes.write(() => this.#shop.graph.restoreNode(id, this.#actor));
  }

  #insert(input: NodeInput): KeptNode {
    const node = cleanNodeInput(input, this.#shop.cleaner);
    // Hooks are not asked about what cannot be.
    const isThere = this.#shop.stored.find(node.id) !== undefined;
    if (!isThere && this.#shop.graph.insertNode(this.#shape(node), this.#actor)) return this.#require(node.id);
    throw nodeExists(node.id);
  }

  /** As hooks make it. Throws where one vetoes it. */
  #shape(node: NodeRecord): NodeRecord {
    const shaped = this.#shop.graph.shapeNode(node);
    if (shaped !== undefined) return shaped;
    throw nodeVetoed(node.id);
  }

  #require(id: string): KeptNode {
    const node = this.#shop.kept.find(id);
    if (node === undefined) throw new Error(`no node ${id}, though it was written`);
    return node;
  }
}
