import type { Database } from 'better-sqlite3';
import { JudgedNodes, type ScannedNode } from '../../model/judged-nodes.ts';
import { nodeId } from '../../model/key.ts';
import { warnOfUnknownSessions } from '../../model/known-sessions.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import type { NodeView } from '../../model/node-view.ts';
import type { Found, NodeFilter, Search, Searcher } from '../../model/search.ts';
import { warnOfUndated } from '../../model/search-warnings.ts';
import { SYSTEM_EVENTS } from '../../model/statistics.ts';
import type { StoredNodes } from '../stored-nodes.ts';
import type { TableShape } from '../table-shape.ts';
import type { Place, Read } from '../translate-error.ts';
import { type ByEdges, collectByEdges } from './by-edges.ts';
import type { EdgeEnds } from './edge-ends.ts';
import type { IndexedSearch } from './indexed-search.ts';
import { type FindFacts, noFacts, toFacts } from './kept-facts.ts';
import type { CountSessions } from './known-sessions.ts';
import { type LookUp, prepareLookUp } from './node-lookup.ts';
import { readFound } from './read-found.ts';
import type { NodeScan } from './scanned-nodes.ts';
import { takeSteps } from './take-steps.ts';
import { visitList } from './visit-list.ts';

/** What a search works with. */
export interface SearchShop {
  readonly db: Database;
  readonly place: Place;
  /** `kg_nodes` as it stands. */
  readonly table: TableShape;
  readonly find: StoredNodes['find'];
  /** What is kept of events. */
  readonly facts: FindFacts;
  readonly ends: EdgeEnds;
  readonly sessions: CountSessions;
  readonly read: Read;
}

/**
 * Finds nodes by their edges, else by the index of our events, else in the plain way, by a look at every one: that needs
 * nothing of ours in the graph. Memory does not grow with the graph.
 */
export class NodeSearcher implements Searcher {
  readonly #shop: SearchShop;
  readonly #scan: NodeScan;
  readonly #index: IndexedSearch | undefined;
  readonly #mostListed: number;

  /** `index` is undefined where there is none; of a list of nodes, all are looked at. */
  constructor(shop: SearchShop, scan: NodeScan, index: IndexedSearch | undefined, mostListed: number) {
    this.#shop = shop;
    this.#scan = scan;
    this.#index = index;
    this.#mostListed = mostListed;
  }

  async search(search: Search, signal: AbortSignal): Promise<Found> {
    const { ends, find, facts } = this.#shop;
    const byEdges = await takeSteps(collectByEdges(ends, search.filter, this.#mostListed), signal);
    try {
      const judged = new JudgedNodes(search, byEdges);
      const undated = await takeSteps(this.#judge(search, byEdges, judged), signal);
      const { ids, more, next } = judged.found;
      const warnings = [...byEdges.warnings, ...undated, ...this.#sessionWarnings(search.filter)];
      return { nodes: readFound(ids, find, facts), more, next, warnings };
    } finally {
      for (const set of byEdges.sets) if (set.kind === 'listed') set.drop();
    }
  }

  #sessionWarnings({ nodeType, subtype = SYSTEM_EVENTS.subtype, session }: NodeFilter): readonly string[] {
    const isAsked = session !== undefined && nodeType === AUDIT_EVENT && subtype === SYSTEM_EVENTS.subtype;
    return isAsked ? warnOfUnknownSessions(this.#shop.sessions()) : [];
  }

  /** Judges all nodes that may be wanted; gives what is to be said of those without a time. */
  *#judge(search: Search, byEdges: ByEdges, judged: JudgedNodes): Generator<void, readonly string[]> {
    const { db, table, read, facts, ends } = this.#shop;
    const { filter } = search;
    const factsOf = filter.nodeType === AUDIT_EVENT ? facts : noFacts;
    const judge = (node: ScannedNode, kept: NodeView['kept']) =>
      judged.judge(node, { kept, leadsTo: leadsFrom(ends, node) });
    const visit = (node: ScannedNode) => judge(node, () => (node.id === null ? undefined : factsOf(node.id)));
    const bench: Bench = { lookUp: prepareLookUp(db, table, filter, read), judge, visit };
    const list = byEdges.sets.find((set) => set.kind === 'listed');
    const ofIndex = list === undefined ? yield* this.#judgeByIndex(search, byEdges, judged, bench) : undefined;
    if (ofIndex !== undefined) return ofIndex;
    yield* list === undefined ? this.#scan(filter, visit) : visitList(list, bench.lookUp, visit);
    return warnOfUndated(judged.undated);
  }

  /** The same by the index of our events; undefined, and none judged, where that does not serve. */
  *#judgeByIndex(
    search: Search,
    { sets, names }: ByEdges,
    judged: JudgedNodes,
    { lookUp, judge, visit }: Bench,
  ): Generator<void, readonly string[] | undefined> {
    const asked = this.#index?.ask(search);
    if (asked === undefined) return undefined;
    const isInSets = (key: string) => sets.every((set) => set.has(nodeId(AUDIT_EVENT, key)));
    const isDone = yield* asked.question.visit({
      look: (row) => {
        const node = isInSets(row.key) ? lookUp(nodeId(AUDIT_EVENT, row.key)) : undefined;
        if (node !== undefined) judge(node, () => toFacts(row));
      },
      get isFull() {
        return judged.isFull;
      },
    });
    if (!isDone) return undefined;
    const recorded = judged.undated;
    // After those that are recorded, which are visited only until there are enough.
    yield* asked.others?.(search.filter, (node) => {
      if (node.id !== null && this.#shop.facts(node.id) === undefined) visit(node);
    }) ?? [];
    const undated = asked.question.undated(sets.length > 0 ? isInSets : undefined);
    return warnOfUndated(undated + judged.undated - recorded, names.length > 0);
  }
}

/** What nodes are judged with. */
interface Bench {
  readonly lookUp: LookUp;
  readonly judge: (node: ScannedNode, kept: NodeView['kept']) => void;
  /** Judges a node of which it is not known what is kept. */
  readonly visit: (node: ScannedNode) => void;
}

/** Whether edges of a node lead to an entity. */
function leadsFrom(ends: EdgeEnds, { id }: ScannedNode): NodeView['leadsTo'] {
  return (edgeType, entity, value) => id !== null && ends.leads(id, edgeType, entity, value);
}
