import type { RecordCleaner } from '../../model/change.ts';
import { cleanNodeInput } from '../../model/clean-input.ts';
import type { KeptNode, ListQuestion, NodeInput, Records } from '../../model/graph-store.ts';
import type { NodeRecord } from '../../model/node.ts';
import { nodeExists, nodeVetoed } from '../../model/record-refusals.ts';
import { USUAL_LIST } from '../../model/usual-limits.ts';
import { type FoundNode, findNodes } from '../found-nodes.ts';
import { isSameNode } from '../is-same-node.ts';
import { keptNodes, toKeptNode } from '../kept-nodes.ts';
import { lockNodes } from '../locked-records.ts';
import type { Work } from '../write-once.ts';
import type { StoreTransactions } from './store-transactions.ts';

/** What records are read and written with. */
export interface RecordShop {
  readonly transactions: StoreTransactions;
  readonly cleaner: RecordCleaner;
  /** Who writes. */
  readonly actor: string;
}

/** The nodes of a graph, one by one. What is refused is refused before anything is written, as that could not be undone alone. */
export class NodeRecords implements Records<KeptNode, NodeInput> {
  readonly #shop: RecordShop;
  readonly #kept;

  constructor(shop: RecordShop) {
    this.#shop = shop;
    this.#kept = keptNodes(shop.transactions.read);
  }

  async get(id: string, { includeDeleted = false } = {}): Promise<KeptNode | undefined> {
    const node = await this.#kept.find(id);
    return node?.deletedAt == null || includeDeleted ? node : undefined;
  }

  list(question: ListQuestion = {}): Promise<readonly KeptNode[]> {
    return this.#kept.list({ ...question, limit: question.limit ?? USUAL_LIST });
  }

  count(type: string, limit: number): Promise<number> {
    return this.#kept.count(type, limit);
  }

  async insert(input: NodeInput): Promise<KeptNode> {
    const [node] = await this.insertMany([input]);
    if (node === undefined) throw new Error('no node, though it was written');
    return node;
  }

  insertMany(inputs: readonly NodeInput[]): Promise<readonly KeptNode[]> {
    const { transactions, cleaner, actor } = this.#shop;
    return transactions.write(async ({ tx, writer, mark }) => {
      const nodes = inputs.map((input) => cleanNodeInput(input, cleaner));
      const ids = nodes.map(({ id }) => id);
      const taken = new Set((await findNodes(tx, ids, true)).keys());
      for (const id of ids) {
        if (taken.has(id)) throw nodeExists(id);
        taken.add(id);
      }
      const shaped = nodes.map((node) => shape(writer, node, undefined));
      const made = await writer.insertNodes(shaped.map((node) => ({ node, actor })));
      const late = ids.find((id) => !made.has(id));
      if (late !== undefined) throw nodeExists(late);
      return shaped.map((node) => asInserted(node, mark.now));
    });
  }

  save(input: NodeInput): Promise<KeptNode> {
    const { transactions, cleaner } = this.#shop;
    return transactions.write(async (work) => {
      const node = cleanNodeInput(input, cleaner);
      // Somebody else may make it between the look and the write; it is there for the second look.
      const saved = (await this.#saveOne(work, node)) ?? (await this.#saveOne(work, node));
      if (saved === undefined) throw nodeExists(node.id);
      return saved;
    });
  }

  async delete(id: string): Promise<boolean> {
    return (await this.deleteMany([id])) > 0;
  }

  deleteMany(ids: readonly string[]): Promise<number> {
    const { transactions, actor } = this.#shop;
    return transactions.write(async ({ tx, writer, mark }) => {
      const nodes = await lockNodes(tx, [...new Set(ids)]);
      return (await writer.markNodes([...nodes.values()], mark.now, actor)).length;
    });
  }

  restore(id: string): Promise<boolean> {
    const { transactions, actor } = this.#shop;
    return transactions.write(async ({ tx, writer }) => {
      const nodes = await lockNodes(tx, [id]);
      return (await writer.markNodes([...nodes.values()], undefined, actor)).length > 0;
    });
  }

  /** Undefined where somebody else has just made it. */
  async #saveOne({ tx, writer, mark }: Work, node: NodeRecord): Promise<KeptNode | undefined> {
    const { actor } = this.#shop;
    const before = (await lockNodes(tx, [node.id])).get(node.id);
    const shaped = shape(writer, node, before);
    if (before === undefined) {
      const made = await writer.insertNodes([{ node: shaped, actor }]);
      return made.has(node.id) ? asInserted(shaped, mark.now) : undefined;
    }
    if (isSameNode(before, shaped)) return toKeptNode(before);
    await writer.updateNodes([{ node: shaped, before, actor }]);
    return { ...toKeptNode(before), ...shaped, updatedAt: mark.now };
  }
}

/** As hooks make it. Throws where one vetoes it. */
function shape(writer: Work['writer'], node: NodeRecord, before: FoundNode | undefined): NodeRecord {
  const shaped = writer.shapeNode(node, before);
  if (shaped !== undefined) return shaped;
  throw nodeVetoed(node.id);
}

const asInserted = (node: NodeRecord, now: string): KeptNode => ({
  ...node,
  createdAt: now,
  updatedAt: now,
  deletedAt: null,
});
