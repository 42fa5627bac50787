import { edgeOfJson } from '../../model/change.ts';
import { cleanEdgeInput } from '../../model/clean-input.ts';
import type { GraphEdge } from '../../model/edge.ts';
import type { EdgeInput, KeptEdge, ListQuestion, Records } from '../../model/graph-store.ts';
import { requireEnds } from '../../model/record-input.ts';
import { edgeExists } from '../../model/record-refusals.ts';
import { USUAL_LIST } from '../../model/usual-limits.ts';
import { findEdges } from '../found-edges.ts';
import { findNodes } from '../found-nodes.ts';
import { keptEdges, toKeptEdge } from '../kept-edges.ts';
import { lockEdges } from '../locked-records.ts';
import type { Transaction } from '../transaction.ts';
import type { Work } from '../write-once.ts';
import { findLastSaid } from './last-said.ts';
import type { RecordShop } from './node-records.ts';

/** The edges of a graph, one by one. */
export class EdgeRecords implements Records<KeptEdge, EdgeInput> {
  readonly #shop: RecordShop;
  readonly #kept;

  constructor(shop: RecordShop) {
    this.#shop = shop;
    this.#kept = keptEdges(shop.transactions.read);
  }

  get(id: string): Promise<KeptEdge | undefined> {
    return this.#kept.find(id);
  }

  list(question: ListQuestion = {}): Promise<readonly KeptEdge[]> {
    return this.#kept.list({ ...question, limit: question.limit ?? USUAL_LIST });
  }

  count(type: string, limit: number): Promise<number> {
    return this.#kept.count(type, limit);
  }

  async insert(input: EdgeInput): Promise<KeptEdge> {
    const [edge] = await this.insertMany([input]);
    if (edge === undefined) throw new Error('no edge, though it was written');
    return edge;
  }

  insertMany(inputs: readonly EdgeInput[]): Promise<readonly KeptEdge[]> {
    const { transactions, cleaner } = this.#shop;
    return transactions.write(async (work) => {
      const edges = inputs.map((input) => cleanEdgeInput(input, cleaner));
      const wanted = await this.#placed(work.tx, edges);
      const taken = new Set((await findEdges(work.tx, wanted)).keys());
      for (const { id } of edges) {
        if (taken.has(id)) throw edgeExists(id);
        taken.add(id);
      }
      const made = await this.#insert(work, wanted);
      const late = edges.find(({ id }) => !made.has(id));
      if (late !== undefined) throw edgeExists(late.id);
      return edges.map((edge) => asInserted(edge, work.mark.now));
    });
  }

  save(input: EdgeInput): Promise<KeptEdge> {
    const { transactions, cleaner } = this.#shop;
    return transactions.write(async (work) => {
      const edge = cleanEdgeInput(input, cleaner);
      // Somebody else may make it between the look and the write; it is there for the second look.
      const saved = (await this.#saveOne(work, edge)) ?? (await this.#saveOne(work, edge));
      if (saved === undefined) throw edgeExists(edge.id);
      return saved;
    });
  }

  async delete(id: string): Promise<boolean> {
    return (await this.deleteMany([id])) > 0;
  }

  deleteMany(ids: readonly string[]): Promise<number> {
    const { transactions, actor } = this.#shop;
    return transactions.write(async ({ tx, writer }) => {
      const edges = await lockEdges(tx, [...new Set(ids)]);
      await writer.removeEdges([...edges.values()], actor);
      return edges.size;
    });
  }

  restore(id: string): Promise<boolean> {
    const { transactions, actor } = this.#shop;
    return transactions.write(async ({ tx, writer }) => {
      const said = await findLastSaid(tx, id);
      const edge = said === undefined ? undefined : edgeOfJson(id, said);
      if (edge === undefined) return false;
      const wanted = await this.#placed(tx, [edge]);
      if ((await findEdges(tx, wanted)).has(id)) return false;
      const inserts = wanted.map((one) => ({ ...one, actor }));
      return (await writer.insertEdges(inserts, 'restore')).has(id);
    });
  }

  /** Undefined where somebody else has just made it. */
  async #saveOne(work: Work, edge: GraphEdge): Promise<KeptEdge | undefined> {
    const { tx, writer, mark } = work;
    const { actor } = this.#shop;
    const before = (await lockEdges(tx, [edge.id])).get(edge.id);
    if (before === undefined) {
      const made = await this.#insert(work, await this.#placed(tx, [edge]));
      return made.has(edge.id) ? asInserted(edge, mark.now) : undefined;
    }
    if (before.properties === edge.properties) return toKeptEdge(before);
    await writer.updateEdges([{ edge, before, actor }]);
    return { ...edge, createdAt: before.createdAt ?? mark.now, updatedAt: mark.now };
  }

  /** Gives the ids of those that were made; the others are there. */
  async #insert({ tx, writer }: Work, wanted: readonly PlacedEdge[]): Promise<ReadonlySet<string>> {
    const { actor } = this.#shop;
    const made = await writer.insertEdges(wanted.map((one) => ({ ...one, actor })));
    // An end may have gone meanwhile.
    await this.#placed(
      tx,
      wanted.map(({ edge }) => edge).filter(({ id }) => !made.has(id)),
    );
    return made;
  }

  /** Edges with what their ends are found by. Throws where one is not there. */
  async #placed(tx: Transaction, edges: readonly GraphEdge[]): Promise<readonly PlacedEdge[]> {
    const ends = new Set(edges.flatMap(({ fromNode, toNode }) => [fromNode, toNode]));
    const nodes = await findNodes(tx, [...ends], true);
    return edges.map((edge) => {
      const { edgeType, fromNode, toNode } = requireEnds(edge, (id) => nodes.has(id));
      return { edge, edgeType, from: nodes.get(fromNode)?.handle ?? '', to: nodes.get(toNode)?.handle ?? '' };
    });
  }
}

interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly edgeType: string;
  readonly from: string;
  readonly to: string;
}

const asInserted = (edge: GraphEdge, now: string): KeptEdge => ({ ...edge, createdAt: now, updatedAt: now });
