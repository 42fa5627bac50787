import { warnOfUnknownSessions } from '../../model/known-sessions.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import type { KeptFacts } from '../../model/node-view.ts';
import type { Found, NodeFilter, Search, Searcher } from '../../model/search.ts';
import { warnOfUndated } from '../../model/search-warnings.ts';
import { SYSTEM_EVENTS } from '../../model/statistics.ts';
import { type FindFacts, findFacts, noFacts } from '../entry-facts.ts';
import { countKnownSessions } from '../known-sessions.ts';
import { readNodePage } from '../node-pages.ts';
import type { Read } from '../reading.ts';
import type { Transaction } from '../transaction.ts';
import { UnrecordedEvents } from '../unrecorded-events.ts';
import { readByEdges } from './by-edges.ts';
import { judgeRecorded } from './event-search.ts';
import { Judging } from './judging.ts';
import { findTyped, readFound } from './read-found.ts';
import { type SearchSizes, USUAL_SIZES } from './search-sizes.ts';

const NO_FACTS: ReadonlyMap<string, KeptFacts> = new Map();

/**
 * Finds nodes by their edges, else events by what is kept of them, else by a look at all of their type. Memory does not grow with
 * the graph.
 */
export class NodeSearcher implements Searcher {
  readonly #read: Read;
  readonly #isKept: boolean;
  readonly #sizes: SearchSizes;
  readonly #findFacts: FindFacts;
  readonly #unrecorded = new UnrecordedEvents();

  /** `isKept` tells whether events are recorded. */
  constructor(read: Read, isKept: boolean, sizes: SearchSizes = USUAL_SIZES) {
    this.#sizes = sizes;
    this.#read = read;
    this.#isKept = isKept;
    this.#findFacts = isKept ? findFacts : noFacts;
  }

  async search(search: Search, signal: AbortSignal): Promise<Found> {
    signal.throwIfAborted();
    return this.#read((tx) => this.#search(tx, search, signal), signal);
  }

  async #search(tx: Transaction, search: Search, signal: AbortSignal): Promise<Found> {
    const { filter } = search;
    const byEdges = await readByEdges(tx, filter, this.#sizes.few);
    const judging = new Judging(tx, search, byEdges);
    const [list] = [...byEdges.sets].sort((a, b) => a.size - b.size);
    if (list !== undefined) await this.#judgeList(tx, filter, [...list], judging, signal);
    else await this.#judge(tx, search, judging, signal);
    const { ids, more, next } = judging.judged.found;
    const nodes = await readFound(tx, filter.nodeType, ids, await this.#factsOf(tx, filter, ids));
    const undated = warnOfUndated(judging.judged.undated);
    const warnings = [...byEdges.warnings, ...undated, ...(await this.#sessionWarnings(tx, filter))];
    return { nodes, more, next, warnings };
  }

  async #judge(tx: Transaction, search: Search, judging: Judging, signal: AbortSignal): Promise<void> {
    const isByEntries =
      search.filter.nodeType === AUDIT_EVENT &&
      this.#isKept &&
      (await judgeRecorded(tx, search, judging, this.#sizes, signal));
    if (!isByEntries) {
      await this.#judgeAll(tx, search, judging, signal);
      return;
    }
    for await (const page of this.#unrecorded.pages(tx)) {
      signal.throwIfAborted();
      await judging.judge(page, NO_FACTS);
    }
  }

  /** Goes along the ids, and stops when enough are found where that is the order that is wanted. */
  async #judgeAll(tx: Transaction, search: Search, judging: Judging, signal: AbortSignal): Promise<void> {
    const { filter, sort, after } = search;
    const { nodeType: type, subtype, includeDeleted = false, since, until } = filter;
    const isInOrder = sort.field === 'id' && since === undefined && until === undefined;
    const isReversed = isInOrder && sort.isReversed;
    for (let from = isInOrder ? after?.id : undefined; !(isInOrder && judging.judged.isFull); ) {
      signal.throwIfAborted();
      const nodes = await readNodePage(tx, {
        type,
        subtype,
        includeDeleted,
        after: from,
        isReversed,
        limit: this.#sizes.page,
      });
      const ids = nodes.map(({ id }) => id);
      await judging.judge(nodes, await this.#factsOf(tx, filter, ids));
      if (nodes.length < this.#sizes.page) return;
      from = ids.at(-1);
    }
  }

  async #judgeList(
    tx: Transaction,
    filter: NodeFilter,
    list: readonly string[],
    judging: Judging,
    signal: AbortSignal,
  ): Promise<void> {
    for (let at = 0; at < list.length; at += this.#sizes.page) {
      signal.throwIfAborted();
      const ids = list.slice(at, at + this.#sizes.page);
      const nodes = await findTyped(tx, filter.nodeType, ids);
      await judging.judge([...nodes.values()], await this.#factsOf(tx, filter, ids));
    }
  }

  async #factsOf(
    tx: Transaction,
    { nodeType }: NodeFilter,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, KeptFacts>> {
    return nodeType === AUDIT_EVENT ? this.#findFacts(tx, ids) : NO_FACTS;
  }

  async #sessionWarnings(
    tx: Transaction,
    { nodeType, subtype = SYSTEM_EVENTS.subtype, session }: NodeFilter,
  ): Promise<readonly string[]> {
    const isAsked = session !== undefined && nodeType === AUDIT_EVENT && subtype === SYSTEM_EVENTS.subtype;
    return isAsked && this.#isKept ? warnOfUnknownSessions(await countKnownSessions(tx)) : [];
  }
}
