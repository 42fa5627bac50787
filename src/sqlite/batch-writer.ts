import type { Entry } from '../model/entry.ts';
import { leafOf } from '../model/leaf.ts';
import type { Change, GraphNode, StoredNode } from '../model/node.ts';
import type { Batch } from '../model/target.ts';
import type { EntryStatements, KeptEntry } from './entry-statements.ts';
import type { EventIndex } from './event-index.ts';
import type { LeafChange } from './fingerprint.ts';
import type { NodeStatements } from './node-statements.ts';

/** What became of one entry; undefined where it was dropped. */
export type Outcome = Change | undefined;

/** What it takes to write: which run it is, and the time that its nodes get. */
export interface Pen {
  readonly run: number;
  readonly now: string;
}

/** Compares single entries with what is stored, and writes what differs. */
export class BatchWriter {
  readonly #nodes: NodeStatements;
  readonly #entries: EntryStatements;
  readonly #index: EventIndex;
  #touched: LeafChange[] = [];

  constructor(nodes: NodeStatements, entries: EntryStatements, index: EventIndex) {
    this.#nodes = nodes;
    this.#entries = entries;
    this.#index = index;
  }

  /** What writing an entry would do, and whether anything at all would be written, be it only what is kept beside. */
  preview(entry: Entry, { fold, touch }: Batch): { readonly outcome: Outcome; readonly writes: boolean } {
    const stored = this.#entries.find(entry.key);
    const next = stored && fold ? fold(stored, entry) : entry;
    if (next === undefined) return { outcome: undefined, writes: false };
    const outcome = this.#compare(next.node);
    const writes = touch || outcome.action !== 'unchanged' || !stored || !isSame(stored, next, this.#leafOf(next));
    return { outcome, writes };
  }

  write(entry: Entry, { fold, touch }: Batch, { run, now }: Pen): Outcome {
    const leaf = this.#leafOf(entry);
    const id = this.#entries.insert(entry, leaf, run);
    if (id !== undefined) {
      this.#index.add(id, entry);
      this.#touched.push({ key: entry.key, leaf, before: undefined });
      const change = this.#upsert(entry.node, now);
      if (change.action === 'unchanged') this.#entries.update(entry, leaf, run, false);
      return change;
    }
    const stored = this.#entries.find(entry.key);
    if (stored === undefined) throw new Error(`no entry ${entry.key}, though it could not be inserted`);
    const next = fold ? fold(stored, entry) : entry;
    if (next === undefined) return undefined;
    const change = this.#upsert(next.node, now);
    const isAgain = stored.run === run;
    const hasChanged = change.action !== 'unchanged' || (isAgain && stored.changed === 1);
    const nextLeaf = this.#leafOf(next);
    if (stored.leaf !== nextLeaf) this.#touched.push({ key: entry.key, leaf: nextLeaf, before: stored.leaf });
    const isChanged = !isSame(stored, next, nextLeaf);
    if (isChanged) this.#index.change(stored, next, change.action !== 'unchanged' && next.isReworded !== false);
    if (touch || hasChanged || isChanged) this.#entries.update(next, nextLeaf, run, hasChanged);
    return isAgain ? { ...change, again: stored.changed === 1 ? 'changed' : 'unchanged' } : change;
  }

  /** The entries whose leaves have changed since the last call. */
  takeTouched(): readonly LeafChange[] {
    const touched = this.#touched;
    this.#touched = [];
    return touched;
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

function isSame(stored: KeptEntry, entry: Entry, leaf: string): boolean {
  return (
    stored.drafts === entry.drafts &&
    stored.state === entry.state &&
    stored.leaf === leaf &&
    FACETS.every((facet) => stored[facet] === entry.facets[facet])
  );
}

const FACETS = ['first', 'last', 'session', 'user', 'what', 'how', 'days'] as const;
