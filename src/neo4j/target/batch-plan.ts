import type { Entry } from '../../model/entry.ts';
import { type EventFacets, sessionOf } from '../../model/event-facets.ts';
import { leafOf } from '../../model/leaf.ts';
import type { LinkedEdges } from '../../model/linker.ts';
import { type Change, type GraphNode, NODE_FIELDS, type StoredNode } from '../../model/node.ts';
import type { Batch, Linking } from '../../model/target.ts';
import { type FoundNode, findNodes, hasOthers } from '../found-nodes.ts';
import type { GraphWriter } from '../graph-writer.ts';
import { isSameNode } from '../is-same-node.ts';
import type { Transaction } from '../transaction.ts';
import { findEntries, type KeptEntry } from './entries.ts';
import { linkStates } from './link-outlook.ts';

/** The fields of a node that a graph keeps as they are given: here it is all of them. */
export const KEPT_FIELDS = Object.values(NODE_FIELDS);

/** What is to become of an entry; undefined where it is dropped. */
export type Step = PlannedEntry | undefined;

export interface PlannedEntry {
  /** Both as one, where there was one of its key. */
  readonly entry: Entry;
  readonly leaf: string;
  readonly stored: KeptEntry | undefined;
  readonly found: FoundNode | undefined;
  /** As hooks have made it. */
  readonly change: Change;
  readonly linked: LinkedEdges;
  /** Whether what is kept of it is to be something else, apart from its edges. */
  readonly isChanged: boolean;
  /** Whether anything at all would be written. */
  readonly writes: boolean;
}

/** What a batch is compared by. */
export interface PlanShop {
  readonly writer: Pick<GraphWriter, 'shapeNode'>;
  /** What the linkers go by; null where not all of them are at work. */
  readonly linkers: string | null;
  /** This run's number; 0 where it is none, or has written nothing yet. */
  readonly run: number;
}

const NO_EDGES: LinkedEdges = { links: [], isCut: false };

/** Compares entries, no two of one key, with what is stored. */
export async function planBatch(tx: Transaction, batch: Batch, shop: PlanShop): Promise<readonly Step[]> {
  const known = batch.entries.filter(({ isFresh }) => isFresh !== true);
  // Asked together, so that one answer is on its way while the other is being found. Most are new, so that nodes of others will
  // be looked for as well.
  const [stored, nodes] = await Promise.all([
    findEntries(
      tx,
      known.map(({ key }) => key),
    ),
    findNodes(
      tx,
      known.map(({ node }) => node.id),
      false,
    ),
    hasOthers(tx),
  ]);
  const steps = batch.entries.map((entry) =>
    planEntry(entry, stored.get(entry.key), nodes.get(entry.node.id), batch, shop),
  );
  return batch.linking === undefined ? steps : withEdges(tx, steps, shop);
}

function planEntry(
  given: Entry,
  stored: KeptEntry | undefined,
  found: FoundNode | undefined,
  { fold, touch, linking }: Batch,
  { writer, run }: PlanShop,
): Step {
  const entry = stored && fold ? fold(stored, given, () => found !== undefined) : given;
  if (entry === undefined) return undefined;
  const leaf = entry.leaf ?? leafOf(entry.node, KEPT_FIELDS);
  const shaped = writer.shapeNode(entry.node, found);
  const change = shaped === undefined ? vetoed(entry.node) : compare(shaped, found);
  const again = stored !== undefined && run !== 0 && stored.run === run;
  const isChanged = stored === undefined || !isSame(stored, entry, leaf);
  return {
    ...{ entry, leaf, stored, found, isChanged },
    change: again ? { ...change, again: stored.changed ? 'changed' : 'unchanged' } : change,
    linked: linking && shaped ? edgesOf(entry, shaped, linking) : NO_EDGES,
    writes: touch || change.action !== 'unchanged' || isChanged,
  };
}

/** Where nothing else is to be written, edges may be: those that are not there and could be, or that nobody noted as made. */
async function withEdges(tx: Transaction, steps: readonly Step[], { linkers }: PlanShop): Promise<readonly Step[]> {
  const settled = steps.filter((step) => step !== undefined && !step.writes);
  const states = await linkStates(
    tx,
    settled.map((step) => step?.linked.links ?? []),
  );
  const isOpen = new Set(
    settled.filter((step, at) => {
      const state = states[at];
      return !(state === 'stuck' || (state === 'made' && step?.stored?.linked === linkers));
    }),
  );
  return steps.map((step) => (step !== undefined && isOpen.has(step) ? { ...step, writes: true } : step));
}

function compare(node: GraphNode, found: FoundNode | undefined): Change {
  if (found === undefined) return { action: 'insert', node };
  const change: Change = isSameNode(found, node)
    ? { action: 'unchanged', node }
    : { action: 'update', node, before: contentOf(found) };
  return found.deletedAt === null ? change : { ...change, isDeleted: true };
}

/** What it says, and not where and when. */
function contentOf({ id, nodeType, subtype, name, properties, sourceTable, sourceId }: FoundNode): StoredNode {
  return { id, nodeType, subtype, name, properties, sourceTable, sourceId };
}

/** What a hook has vetoed is recorded, so that nothing is lost, and counted nowhere. */
const vetoed = (node: GraphNode): Change => ({ action: 'unchanged', node, isVetoed: true });

function edgesOf(entry: Entry, shaped: GraphNode, { edgesOf: make }: Linking): LinkedEdges {
  const said = shaped === entry.node ? entry.said : undefined;
  return make(shaped, sessionOf(entry.key, entry.facets.session), said);
}

const FACETS = [
  'first',
  'last',
  'session',
  'user',
  'what',
  'how',
  'days',
] as const satisfies readonly (keyof EventFacets)[];

function isSame(stored: KeptEntry, entry: Entry, leaf: string): boolean {
  const { drafts, state, facets } = entry;
  const isAsKept = stored.drafts === drafts && stored.state === state && stored.leaf === leaf;
  return isAsKept && FACETS.every((facet) => stored[facet] === facets[facet]);
}
