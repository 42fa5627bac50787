import type { Database } from 'better-sqlite3';
import { beginOf, nodeId } from '../../model/key.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import type { EventKind, ReplacedIds, Retirement } from '../../model/retirement.ts';
import type { EntryStatements, KeptEntry } from '../store/entry-statements.ts';
import type { GraphWriter } from '../store/graph-writer.ts';
import type { WriteTransactions } from '../store/write-transactions.ts';
import { translating } from '../translate-error.ts';
import { ReplacedNodes } from './replaced-nodes.ts';
import type { RunList } from './run-list.ts';
import type { Sealer } from './sealer.ts';

/** What events are retired with. */
interface RetirementShop {
  readonly path: string;
  /** This program with its version. */
  readonly program: string;
  readonly graph: GraphWriter;
  readonly entries: EntryStatements;
  readonly runs: RunList;
  readonly sealer: Sealer;
  readonly transactions: WriteTransactions;
}

/** Retires events of an org.db, page by page. */
export class SqliteRetirement implements Retirement {
  readonly #db: Database;
  readonly #shop: RetirementShop;
  readonly #replaced: ReplacedNodes;

  constructor(db: Database, shop: RetirementShop) {
    this.#db = db;
    this.#shop = shop;
    this.#replaced = new ReplacedNodes(db, shop.graph, shop.program);
  }

  async forgetUnseen({ prefix, subtype }: EventKind, isReplaced: (key: string) => boolean): Promise<void> {
    const run = await this.#shop.transactions.run(() => this.#shop.runs.begin());
    for (let after: string | undefined = prefix; after !== undefined; ) {
      const page: ReturnType<EntryStatements['page']> = await this.#readEntryPage(prefix, after);
      const unseen = page.filter((entry) => entry.run !== run);
      if (unseen.length > 0)
        await this.#shop.transactions.run(
          () => this.#forget(unseen, subtype, isReplaced),
          () => unseen.length,
        );
      after = page.at(-1)?.key;
    }
  }

  readCounted(prefix: string, after: string): Promise<readonly string[]> {
    return this.#read(() => this.#shop.entries.counted(prefix, after));
  }

  deleteEvents(keys: readonly string[], actor: string): Promise<number> {
    return this.#shop.transactions.run(
      () => this.#deleteEvents(keys, actor),
      () => keys.length,
    );
  }

  readReplaced(origin: string | undefined): Promise<ReplacedIds> {
    const begin = beginOf(origin);
    return this.#read(() => ({ nodes: this.#replaced.count(begin), ids: this.#replaced.ids(begin) }));
  }

  async retireReplaced(origin: string | undefined): Promise<number> {
    const begin = beginOf(origin);
    let retired = 0;
    for (let after: string | undefined = ''; after !== undefined; ) {
      const from: string = after;
      const { last, removed } = await this.#shop.transactions.run(
        () => this.#retireAfter(begin, from),
        (outcome) => outcome.removed,
      );
      retired += removed;
      after = last;
    }
    return retired;
  }

  #readEntryPage(prefix: string, after: string) {
    return this.#read(() => this.#shop.entries.page(prefix, after));
  }

  #forget(entries: readonly KeptEntry[], subtype: string, isReplaced: (key: string) => boolean): void {
    for (const entry of entries) {
      this.#shop.entries.remove(entry.key);
      this.#shop.graph.index.remove(entry, subtype);
      if (isReplaced(entry.key)) this.#replaced.add(entry.key);
    }
    this.#shop.sealer.seal(entries.map(({ key, leaf }) => ({ key, leaf: undefined, before: leaf })));
  }

  #deleteEvents(keys: readonly string[], actor: string): number {
    this.#shop.graph.changes.run = this.#shop.runs.begin();
    return keys.filter((key) => this.#shop.graph.softDeleteNode(nodeId(AUDIT_EVENT, key), actor)).length;
  }

  #retireAfter(begin: string, key: string): ReturnType<ReplacedNodes['removeAfter']> {
    this.#shop.graph.changes.run = this.#shop.runs.begin();
    const outcome = this.#replaced.removeAfter(begin, key);
    if (outcome.removed > 0) {
      this.#shop.sealer.seal([]);
    }
    return outcome;
  }

  async #read<Result>(action: () => Result): Promise<Result> {
    const place = { role: 'target', path: this.#shop.path } as const;
    return translating(place, () => this.#db.transaction(action).deferred());
  }
}
