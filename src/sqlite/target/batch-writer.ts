import type { Entry } from '../../model/entry.ts';
import { sessionOf } from '../../model/event-facets.ts';
import { leafOf } from '../../model/leaf.ts';
import type { Link, LinkedEdges } from '../../model/linker.ts';
import type { Change, GraphNode } from '../../model/node.ts';
import type { Batch, Linking } from '../../model/target.ts';
import type { EntryStatements, KeptEntry } from '../store/entry-statements.ts';
import type { EventIndex } from '../store/event-index.ts';
import type { GraphWriter } from '../store/graph-writer.ts';
import type { StoredNodes } from '../stored-nodes.ts';
import type { LeafChange } from './fingerprint.ts';
import type { LinkDesk } from './link-desk.ts';

/** What became of one entry; undefined where it was dropped. */
export type Outcome = Change | undefined;

/** What writing an entry would do. */
interface Preview {
  readonly outcome: Outcome;
  /** Of what is to be written; of the rest nothing is owed by its rows. */
  readonly linked: LinkedEdges;
  /** Whether anything at all would be written. */
  readonly writes: boolean;
}

/** What a batch goes into. */
interface BatchTables {
  readonly nodes: StoredNodes;
  readonly graph: GraphWriter;
  readonly entries: EntryStatements;
  /** Undefined where no edges are wanted. */
  readonly links: LinkDesk | undefined;
}

const NO_EDGES: LinkedEdges = { links: [], isCut: false };

/** Compares single entries with what is stored, and writes what differs. */
export class BatchWriter {
  readonly #nodes: StoredNodes;
  readonly #graph: GraphWriter;
  readonly #entries: EntryStatements;
  readonly #index: EventIndex;
  readonly #links: LinkDesk | undefined;
  #touched: LeafChange[] = [];

  constructor({ nodes, graph, entries, links }: BatchTables) {
    this.#nodes = nodes;
    this.#graph = graph;
    this.#entries = entries;
    this.#index = graph.index;
    this.#links = links;
  }

  /** What writing an entry would do, be it only to what is kept beside. */
  preview(entry: Entry, { fold, touch, linking }: Batch): Preview {
    const stored = this.#entries.find(entry.key);
    const next = stored && fold ? fold(stored, entry, () => this.#hasNode(entry)) : entry;
    if (next === undefined) return { outcome: undefined, linked: NO_EDGES, writes: false };
    const shaped = this.#shape(next);
    const outcome = shaped === undefined ? vetoed(next.node) : this.#compare(shaped.node);
    const { links, isCut } = linking && shaped ? edgesOf(shaped, linking) : NO_EDGES;
    const isSettled = stored && isSame(stored, next, this.#leafOf(next)) && (!linking || this.#isLinked(stored, links));
    const writes = touch || outcome.action !== 'unchanged' || !isSettled;
    return { outcome, linked: { links, isCut: isCut && writes }, writes };
  }

  write(entry: Entry, batch: Batch, run: number): Outcome {
    const { fold, touch, linking, actor } = batch;
    const mark = linking ? (this.#links?.notes.mark ?? 0) : 0;
    // Where there are no hooks, an entry is its own shape, and need not be looked up before it is inserted.
    const shaped = this.#graph.hasHooks && this.#entries.find(entry.key) ? entry : this.#shape(entry);
    const leaf = this.#leafOf(entry);
    const id = this.#entries.insert(entry, leaf, { run, linked: mark });
    if (id !== undefined) {
      this.#index.add(id, entry);
      this.#touched.push({ key: entry.key, leaf, before: undefined });
      const change = this.#put(entry, shaped, actor);
      if (change.action === 'unchanged') this.#entries.update(entry, leaf, { run, changed: false, linked: mark });
      this.#link(shaped, linking);
      return change;
    }
    const stored = this.#entries.find(entry.key);
    if (stored === undefined) throw new Error(`no entry ${entry.key}, though it could not be inserted`);
    const next = fold ? fold(stored, entry, () => this.#hasNode(entry)) : entry;
    if (next === undefined) return undefined;
    const nextShaped = this.#shape(next);
    const nextLeaf = this.#leafOf(next);
    const change = this.#put(next, nextShaped, actor);
    const isAgain = stored.run === run;
    const changed = change.action !== 'unchanged' || (isAgain && stored.changed === 1);
    if (stored.leaf !== nextLeaf) this.#touched.push({ key: entry.key, leaf: nextLeaf, before: stored.leaf });
    const isChanged = !isSame(stored, next, nextLeaf);
    if (isChanged) this.#index.change(stored, next, change.action !== 'unchanged' && next.isReworded !== false);
    const linked = linking ? mark : isChanged ? 0 : stored.linked;
    if (touch || changed || isChanged || linked !== stored.linked) {
      this.#entries.update(next, nextLeaf, { run, changed, linked });
    }
    this.#link(nextShaped, linking);
    // It was vetoed once, and is not any more.
    if (stored.hidden === 1 && change.action === 'insert') this.#graph.hidden.show(next.node.id, next.node.subtype);
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

  #link(entry: Entry | undefined, linking: Linking | undefined): void {
    if (entry === undefined || linking === undefined || this.#links === undefined) return;
    const { links, isCut } = edgesOf(entry, linking);
    // What lacks an end is looked at again by those who link what is stored.
    if (!this.#links.writer.write(links, entry.isFresh)) this.#links.notes.unmark(entry.key);
    if (isCut) this.#links.notes.owe(entry.key, linking.after);
  }

  #hasNode({ node }: Entry): boolean {
    return this.#nodes.find(node.id) !== undefined;
  }

  #leafOf({ leaf, node }: Entry): string {
    return leaf ?? leafOf(node, this.#nodes.kept);
  }

  /** With the node as hooks make it; undefined where one has vetoed it. What is recorded of it stays what the source says. */
  #shape(entry: Entry): Entry | undefined {
    const node = this.#graph.shapeNode(entry.node);
    return node === entry.node ? entry : node && { ...entry, node, said: undefined };
  }

  /** What is vetoed is recorded, so that nothing is lost, and counted nowhere. */
  #put(entry: Entry, shaped: Entry | undefined, actor: string): Change {
    if (shaped !== undefined) return this.#upsert(shaped.node, actor);
    const { id, subtype } = entry.node;
    if (!this.#hasNode(entry)) this.#graph.hidden.hide(id, subtype);
    return vetoed(entry.node);
  }

  #upsert(node: GraphNode, actor: string): Change {
    if (this.#graph.insertNode(node, actor)) {
      this.#links?.writer.noteThere(node.id);
      return { action: 'insert', node };
    }
    const found = this.#nodes.find(node.id);
    if (found === undefined) throw new Error(`no node ${node.id}, though it could not be inserted`);
    const change = this.#compare(node, found);
    if (change.action === 'update') this.#graph.updateNode(node, found, actor);
    return change;
  }

  #compare(node: GraphNode, found = this.#nodes.find(node.id)): Change {
    if (found === undefined) return { action: 'insert', node };
    const { deletedAt, ...before } = found;
    const change: Change = this.#nodes.isSame(before, node)
      ? { action: 'unchanged', node }
      : { action: 'update', node, before };
    return deletedAt !== null ? { ...change, isDeleted: true } : change;
  }
}

const vetoed = (node: GraphNode): Change => ({ action: 'unchanged', node, isVetoed: true });

function edgesOf({ key, node, facets, said }: Entry, { edgesOf: make }: Linking): LinkedEdges {
  return make(node, sessionOf(key, facets.session), said);
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
