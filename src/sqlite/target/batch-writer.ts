import type { Entry } from '../../model/entry.ts';
import { sessionOf } from '../../model/event-facets.ts';
import { leafOf } from '../../model/leaf.ts';
import type { Link, LinkedEdges } from '../../model/linker.ts';
import type { Change, GraphNode, StoredNode } from '../../model/node.ts';
import type { Batch, Linking } from '../../model/target.ts';
import type { NodeStatements } from '../node-statements.ts';
import type { EntryStatements, KeptEntry } from './entry-statements.ts';
import type { EventIndex } from './event-index.ts';
import type { LeafChange } from './fingerprint.ts';
import type { LinkDesk } from './link-desk.ts';

/** What became of one entry; undefined where it was dropped. */
export type Outcome = Change | undefined;

/** What it takes to write: which run it is, and the time that its nodes get. */
export interface Pen {
  readonly run: number;
  readonly now: string;
}

/** What writing an entry would do. */
interface Preview {
  readonly outcome: Outcome;
  /** Of what is to be written; of the rest nothing is owed by its rows. */
  readonly linked: LinkedEdges;
  /** Whether anything at all would be written. */
  readonly writes: boolean;
}

const NO_EDGES: LinkedEdges = { links: [], isCut: false };

/** Compares single entries with what is stored, and writes what differs. */
export class BatchWriter {
  readonly #nodes: NodeStatements;
  readonly #entries: EntryStatements;
  readonly #index: EventIndex;
  readonly #links: LinkDesk | undefined;
  #touched: LeafChange[] = [];

  /** `links` is undefined where no edges are wanted. */
  constructor(nodes: NodeStatements, entries: EntryStatements, index: EventIndex, links: LinkDesk | undefined) {
    this.#nodes = nodes;
    this.#entries = entries;
    this.#index = index;
    this.#links = links;
  }

  /** What writing an entry would do, be it only to what is kept beside. */
  preview(entry: Entry, { fold, touch, linking }: Batch): Preview {
    const stored = this.#entries.find(entry.key);
    const next = stored && fold ? fold(stored, entry, () => this.#hasNode(entry)) : entry;
    if (next === undefined) return { outcome: undefined, linked: NO_EDGES, writes: false };
    const outcome = this.#compare(next.node);
    const { links, isCut } = linking ? edgesOf(next, linking) : NO_EDGES;
    const isSettled = stored && isSame(stored, next, this.#leafOf(next)) && (!linking || this.#isLinked(stored, links));
    const writes = touch || outcome.action !== 'unchanged' || !isSettled;
    return { outcome, linked: { links, isCut: isCut && writes }, writes };
  }

  write(entry: Entry, batch: Batch, pen: Pen): Outcome {
    const { fold, touch, linking } = batch;
    const { run, now } = pen;
    const leaf = this.#leafOf(entry);
    const mark = linking ? (this.#links?.notes.mark ?? 0) : 0;
    const id = this.#entries.insert(entry, leaf, { run, linked: mark });
    if (id !== undefined) {
      this.#index.add(id, entry);
      this.#touched.push({ key: entry.key, leaf, before: undefined });
      const change = this.#upsert(entry.node, now);
      if (change.action === 'unchanged') this.#entries.update(entry, leaf, { run, changed: false, linked: mark });
      this.#link(entry, linking, now);
      return change;
    }
    const stored = this.#entries.find(entry.key);
    if (stored === undefined) throw new Error(`no entry ${entry.key}, though it could not be inserted`);
    const next = fold ? fold(stored, entry, () => this.#hasNode(entry)) : entry;
    if (next === undefined) return undefined;
    const change = this.#upsert(next.node, now);
    const isAgain = stored.run === run;
    const changed = change.action !== 'unchanged' || (isAgain && stored.changed === 1);
    const nextLeaf = this.#leafOf(next);
    if (stored.leaf !== nextLeaf) this.#touched.push({ key: entry.key, leaf: nextLeaf, before: stored.leaf });
    const isChanged = !isSame(stored, next, nextLeaf);
    if (isChanged) this.#index.change(stored, next, change.action !== 'unchanged' && next.isReworded !== false);
    const linked = linking ? mark : isChanged ? 0 : stored.linked;
    if (touch || changed || isChanged || linked !== stored.linked) {
      this.#entries.update(next, nextLeaf, { run, changed, linked });
    }
    this.#link(next, linking, now);
    return isAgain ? { ...change, again: stored.changed === 1 ? 'changed' : 'unchanged' } : change;
  }

  /** The entries whose leaves have changed since the last call. */
  takeTouched(): readonly LeafChange[] {
    const touched = this.#touched;
    this.#touched = [];
    return touched;
  }

  /** Whether linking an entry again would write nothing. */
  #isLinked({ linked }: KeptEntry, links: readonly Link[]): boolean {
    const state = this.#links?.writer.stateOf(links);
    return state === 'stuck' || (state === 'made' && linked === this.#links?.notes.mark);
  }

  #link(entry: Entry, linking: Linking | undefined, now: string): void {
    if (linking === undefined || this.#links === undefined) return;
    const { links, isCut } = edgesOf(entry, linking);
    // What lacks an end is looked at again by those who link what is stored.
    if (!this.#links.writer.write(links, now)) this.#links.notes.unmark(entry.key);
    if (isCut) this.#links.notes.owe(entry.key, linking.after);
  }

  #hasNode({ node }: Entry): boolean {
    return this.#nodes.find(node.id) !== undefined;
  }

  #leafOf({ leaf, node }: Entry): string {
    return leaf ?? leafOf(node, this.#nodes.kept);
  }

  #upsert(node: GraphNode, now: string): Change {
    if (this.#nodes.insert(node, now)) return { action: 'insert', node };
    const change = this.#compare(node);
    if (change.action === 'insert') throw new Error(`no node ${node.id}, though it could not be inserted`);
    if (change.action === 'update') this.#nodes.update(node, now);
    return change;
  }

  #compare(node: GraphNode): Change {
    const before: StoredNode | undefined = this.#nodes.find(node.id);
    if (before === undefined) return { action: 'insert', node };
    return this.#nodes.isSame(before, node) ? { action: 'unchanged', node } : { action: 'update', node, before };
  }
}

function edgesOf({ key, node, facets }: Entry, { edgesOf: make }: Linking): LinkedEdges {
  return make(node, sessionOf(key, facets.session));
}

function isSame(stored: KeptEntry, entry: Entry, leaf: string): boolean {
  return (
    stored.drafts === entry.drafts &&
    stored.state === entry.state &&
    stored.leaf === leaf &&
    FACETS.every((facet) => stored[facet] === entry.facets[facet])
  );
}

const FACETS = ['first', 'last', 'session', 'user', 'what', 'how', 'days'] as const;
