import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { spanOf } from '../model/event-span.ts';
import { FirstInOrder } from '../model/first-in-order.ts';
import type { StoredNode } from '../model/node.ts';
import { namesAgent, namesTask, nodeMatcher } from '../model/node-match.ts';
import { type Properties, readProperties } from '../model/properties.ts';
import type { Found, FoundNode, NodeFilter, Search, Searcher } from '../model/search.ts';
import { type SortKey, searchOrder } from '../model/search-order.ts';
import type { EdgeEnds, NodeSet } from './edge-ends.ts';
import { prepareIndexedScan } from './indexed-scan.ts';
import type { Read } from './open-graph.ts';
import { columnOf, isLiving, type NodeScan, type ScannedNode, scannedColumns } from './scanned-nodes.ts';
import type { TableShape } from './table-shape.ts';
import type { Place } from './translate-error.ts';
import { prepareWholeScan } from './whole-scan.ts';

/** Nodes that are looked up by their ids in one read. */
const AT_ONCE = 1000;

/** What a scan works with. */
export interface ScanShop {
  readonly db: Database;
  readonly place: Place;
  /** `kg_nodes` as it stands. */
  readonly table: TableShape;
  readonly find: (id: string) => StoredNode | undefined;
  readonly ends: EdgeEnds;
  readonly read: Read;
}

/** A question's nodes by their edges, and what is to be said of that. */
interface ByEdges {
  readonly sets: readonly NodeSet[];
  readonly names: readonly ((properties: Properties) => boolean)[];
  readonly warnings: readonly string[];
}

/** Finds nodes in the plain way: it looks at every one. Needs nothing of ours in the graph, and memory does not grow with it. */
export class ScanSearcher implements Searcher {
  readonly #shop: ScanShop;
  readonly #scan: NodeScan;

  constructor(shop: ScanShop) {
    const { db, place, table, read } = shop;
    this.#shop = shop;
    this.#scan = prepareIndexedScan(db, table, read) ?? prepareWholeScan(db, place, table);
  }

  async search(search: Search, signal: AbortSignal): Promise<Found> {
    const { filter, sort, limit, offset } = search;
    const byEdges = await this.#collect(filter, signal);
    try {
      const kept = new FirstInOrder<SortKey>(offset + limit + 1, searchOrder(sort));
      const matches = nodeMatcher(filter);
      const [from, ...others] = byEdges.sets;
      let undated = 0;
      await rest(
        this.#candidates(filter, from, ({ id, name, properties: json }) => {
          if (id === null || !others.every((set) => set.has(id))) return;
          const properties = readProperties(json);
          if (!byEdges.names.every((isNamed) => isNamed(properties))) return;
          const match = matches({ name, properties });
          if (match === 'undated') undated++;
          if (match !== 'yes') return;
          kept.add({ id, name: sort.field === 'name' ? (name ?? '') : '', last: spanOf(properties)?.last ?? null });
        }),
        signal,
      );
      const found = kept.sorted().slice(offset);
      const nodes = found.slice(0, limit).flatMap(({ id }) => this.#found(id));
      const warnings = undated === 0 ? byEdges.warnings : [...byEdges.warnings, undatedWarning(undated)];
      return { nodes, more: found.length > limit, warnings };
    } finally {
      for (const set of byEdges.sets) set.drop();
    }
  }

  async #collect({ agent, task }: NodeFilter, signal: AbortSignal): Promise<ByEdges> {
    const { ends } = this.#shop;
    const sets: NodeSet[] = [];
    const names: ((properties: Properties) => boolean)[] = [];
    const warnings: string[] = [];
    if (agent !== undefined) {
      const set = await rest(ends.collect('BY_AGENT', 'agent', agent), signal);
      if (set === undefined) names.push((properties) => namesAgent(properties, agent));
      else sets.push(set);
    }
    if (task !== undefined) {
      const set = await rest(ends.collect('FOR_TASK', 'task', task), signal);
      if (set === undefined) names.push((properties) => namesTask(properties, task));
      else sets.push(set);
    }
    if (names.length > 0) {
      warnings.push(
        'the graph has no edges to agents or tasks, so only the few names that nodes show were looked at; audit-extract link makes the edges',
      );
    }
    return { sets, names, warnings };
  }

  #candidates(filter: NodeFilter, from: NodeSet | undefined, visit: (node: ScannedNode) => void): Iterable<void> {
    return from === undefined ? this.#scan(filter, visit) : this.#lookUp(filter, from, visit);
  }

  *#lookUp({ nodeType, subtype }: NodeFilter, set: NodeSet, visit: (node: ScannedNode) => void): Generator<void> {
    const { db, table, read } = this.#shop;
    const ofSubtype = subtype === undefined ? '' : `AND ${columnOf(table, 'subtype')} COLLATE BINARY = ?`;
    const node = db.prepare<string[], ScannedNode>(
      `SELECT ${scannedColumns(table)} FROM kg_nodes WHERE ${columnOf(table, 'id')} = ? AND ${isLiving(table)}
       AND ${columnOf(table, 'node_type')} COLLATE BINARY = ? ${ofSubtype}`,
    );
    const type = subtype === undefined ? [nodeType] : [nodeType, subtype];
    for (let after = ''; ; ) {
      const page = set.page(after, AT_ONCE);
      const last = page.at(-1);
      if (last === undefined) return;
      for (const id of page) {
        const found = read(() => node.get(id, ...type));
        if (found !== undefined) visit(found);
      }
      after = last;
      yield;
    }
  }

  /** A node as it is by now; others may have taken it away meanwhile. */
  #found(id: string): readonly FoundNode[] {
    const node = this.#shop.find(id);
    if (node === undefined) return [];
    const span = spanOf(readProperties(node.properties));
    return [{ node, first: span?.first ?? null, last: span?.last ?? null }];
  }
}

function undatedWarning(nodes: number): string {
  return `${nodes} more would be found if they said when they were; --since and --until leave them out`;
}

/** Takes all steps of something that is done in short ones, unless a signal ends it between two of them. */
async function rest<Result>(steps: Iterable<void, Result>, signal: AbortSignal): Promise<Result> {
  const iterator = steps[Symbol.iterator]();
  for (;;) {
    const { done, value } = iterator.next();
    if (done) return value;
    await setImmediate();
    signal.throwIfAborted();
  }
}
