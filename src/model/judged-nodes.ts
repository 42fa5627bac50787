import { FirstInOrder } from './first-in-order.ts';
import { nodeMatcher } from './node-match.ts';
import { type NodeView, spanOfNode } from './node-view.ts';
import { type Properties, readProperties } from './properties.ts';
import type { Found, Search, SortKey } from './search.ts';
import { searchOrder } from './search-order.ts';

/** What is read of a node to judge it. */
export interface ScannedNode {
  /** Null where it is no text; then it is none that could be named. */
  readonly id: string | null;
  readonly name: string | null;
  readonly properties: string | null;
}

/** What edges say of a search: the nodes that they lead from, and, where there are none, what nodes themselves have to say. */
export interface JudgedByEdges {
  readonly sets: readonly { has(id: string): boolean }[];
  readonly names: readonly ((properties: Properties) => boolean)[];
}

/** Judges the nodes that a search may want, and keeps those that come first in its order. */
export class JudgedNodes {
  readonly #search: Search;
  readonly #byEdges: JudgedByEdges;
  readonly #matches;
  readonly #compare;
  readonly #first: FirstInOrder<SortKey>;
  #wanted = 0;
  #undated = 0;

  constructor(search: Search, byEdges: JudgedByEdges) {
    this.#search = search;
    this.#byEdges = byEdges;
    this.#matches = nodeMatcher(search.filter);
    this.#compare = searchOrder(search.sort);
    this.#first = new FirstInOrder<SortKey>(search.offset + search.limit + 1, this.#compare);
  }

  /** Whether so many are wanted that others are so only if they come before them. */
  get isFull(): boolean {
    return this.#wanted > this.#search.offset + this.#search.limit;
  }

  /** How many would be wanted if they told when they were. */
  get undated(): number {
    return this.#undated;
  }

  /** The nodes that were found, and whether there are more. */
  get found(): Pick<Found, 'more' | 'next'> & { readonly ids: readonly string[] } {
    const { offset, limit } = this.#search;
    const found = this.#first.sorted().slice(offset);
    const more = found.length > limit;
    return { ids: found.slice(0, limit).map(({ id }) => id), more, next: more ? found[limit - 1] : undefined };
  }

  /** Each node is to be judged once; `beside` gives what else is known of it. */
  judge({ id, name, properties: json }: ScannedNode, beside: Pick<NodeView, 'kept' | 'leadsTo'>): void {
    if (id === null || !this.#byEdges.sets.every((set) => set.has(id))) return;
    const properties = readProperties(json);
    if (!this.#byEdges.names.every((isNamed) => isNamed(properties))) return;
    const node = { name, properties, ...beside };
    const match = this.#matches(node);
    if (match === 'undated') this.#undated++;
    if (match !== 'yes') return;
    const { sort, after } = this.#search;
    const last = sort.field === 'time' ? (spanOfNode(node)?.last ?? null) : null;
    const place = { id, name: sort.field === 'name' ? (name ?? '') : '', last };
    if (after !== undefined && this.#compare(place, after) <= 0) return;
    this.#wanted++;
    this.#first.add(place);
  }
}
