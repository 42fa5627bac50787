import type { RecordCleaner } from '../../model/change.ts';
import type { GraphEdge } from '../../model/edge.ts';
import { AuditError } from '../../model/errors.ts';
import type { EdgeInput, KeptEdge, KeptReader, ListQuestion, Records } from '../../model/graph-store.ts';
import { rawMember } from '../../model/raw-member.ts';
import { edgeOf } from '../../model/record-input.ts';
import type { StoredNodes } from '../stored-nodes.ts';
import type { GraphWriter } from './graph-writer.ts';
import { USUAL_LIST } from './node-records.ts';
import type { TransactionScopes } from './transaction-scopes.ts';

/** What edges are read and written with. */
export interface EdgeShop {
  readonly scopes: TransactionScopes;
  readonly graph: GraphWriter;
  readonly stored: StoredNodes;
  readonly kept: KeptReader<KeptEdge>;
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
    return this.#shop.scopes.read(() => this.#shop.kept.list({ limit: USUAL_LIST, ...question }));
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
      const edge = this.#cleanEdge(input);
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
      if (said === undefined || kept.find(id) !== undefined) return false;
      return graph.restoreEdge(this.#requireEnds(edgeOfJson(id, said)), this.#actor);
    });
  }

  #insert(input: EdgeInput): KeptEdge {
    const edge = this.#requireEnds(this.#cleanEdge(input));
    if (this.#shop.graph.insertEdge(edge, this.#actor)) return this.#require(edge.id);
    const hint = 'save it to change what it says';
    throw new AuditError('record-exists', `there is an edge ${edge.id} already`, hint);
  }

  #cleanEdge(input: EdgeInput): GraphEdge {
    const edge = edgeOf(input);
    return { ...edge, properties: edge.properties && this.#shop.cleaner.properties(edge.properties) };
  }

  #requireEnds(edge: GraphEdge): GraphEdge {
    const missing = [edge.fromNode, edge.toNode].find((end) => this.#shop.stored.find(end) === undefined);
    if (missing === undefined) return edge;
    throw new AuditError('record-invalid', `an edge needs node ${missing}, which is not there`, 'make the node first');
  }

  #require(id: string): KeptEdge {
    const edge = this.#shop.kept.find(id);
    if (edge === undefined) throw new Error(`no edge ${id}, though it was written`);
    return edge;
  }
}

/** What the log keeps of an edge, its properties to the last digit. */
function edgeOfJson(id: string, json: string): GraphEdge {
  const said: { readonly [name: string]: unknown } = JSON.parse(json);
  const text = (name: string) => String(said[name] ?? '');
  const properties = typeof said['properties'] === 'string' ? said['properties'] : rawMember(json, 'properties');
  return {
    id,
    edgeType: text('edge_type'),
    fromNode: text('from_node'),
    toNode: text('to_node'),
    properties: said['properties'] === null ? null : (properties ?? null),
  };
}
