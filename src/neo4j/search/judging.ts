import { JudgedNodes } from '../../model/judged-nodes.ts';
import { nodeId } from '../../model/key.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import type { KeptFacts } from '../../model/node-view.ts';
import type { Search } from '../../model/search.ts';
import { type FactsRow, toFacts } from '../entry-facts.ts';
import { type FoundNode, findNodes } from '../found-nodes.ts';
import type { Transaction } from '../transaction.ts';
import { type ByEdges, withEdges } from './by-edges.ts';
import { readLeads } from './leading-edges.ts';

/** Judges nodes that a search may want, page by page, in one transaction. */
export class Judging {
  readonly judged: JudgedNodes;
  readonly #tx: Transaction;
  readonly #search: Search;
  readonly #byEdges: ByEdges;

  constructor(tx: Transaction, search: Search, byEdges: ByEdges) {
    this.judged = new JudgedNodes(search, byEdges);
    this.#tx = tx;
    this.#search = search;
    this.#byEdges = byEdges;
  }

  /** Nodes of any type; `facts` is what is kept of those that are recorded. */
  async judge(nodes: readonly FoundNode[], facts: ReadonlyMap<string, KeptFacts>): Promise<void> {
    const { filter } = this.#search;
    const { nodeType, subtype, includeDeleted = false } = filter;
    const wanted = nodes.filter(
      (node) =>
        node.nodeType === nodeType &&
        (subtype === undefined || node.subtype === subtype) &&
        (includeDeleted || node.deletedAt === null),
    );
    const linked = await withEdges(this.#tx, wanted, this.#byEdges.asked);
    const unrecorded = linked.filter(({ id }) => !facts.has(id));
    const leads = await readLeads(this.#tx, unrecorded, filter);
    for (const node of linked) {
      this.judged.judge(node, { kept: () => facts.get(node.id), leadsTo: leads(node) });
    }
  }

  /** The events of entries. */
  async judgeEntries(rows: readonly FactsRow[]): Promise<void> {
    const facts = new Map(rows.map((row) => [nodeId(AUDIT_EVENT, row.key), toFacts(row)]));
    const ids = [...facts.keys()].filter((id) => this.#byEdges.sets.every((set) => set.has(id)));
    const nodes = await findNodes(this.#tx, ids, false);
    await this.judge([...nodes.values()], facts);
  }
}
