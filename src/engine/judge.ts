import type { Checkpoint } from '../model/checkpoint.ts';
import type { Entry } from '../model/entry.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import { nodeId } from '../model/key.ts';
import { leafOf } from '../model/leaf.ts';
import { AUDIT_EVENT, type GraphNode } from '../model/node.ts';
import type { NodeHooks } from '../model/node-hooks.ts';
import type { LeafSink, RecordedGraph, RecordedNode } from '../model/recorded-graph.ts';
import type { Source } from '../model/source.ts';
import { canAppend } from './can-append.ts';
import type { Findings } from './findings.ts';
import { isTrue } from './to-entry.ts';

/** What it takes to judge. */
interface Court {
  readonly graph: Pick<RecordedGraph, 'keptFields'>;
  readonly source: Source;
  readonly findings: Findings;
  readonly leaves: LeafSink;
  /** What made other nodes of those that the source gives; undefined where nothing did. */
  readonly hooks: NodeHooks | undefined;
}

/** Says of each node of one extractor whether graph, records and source agree on it. */
export class Judge {
  readonly #extractor: AnyExtractor;
  readonly #name: string;
  readonly #court: Court;
  /** Whether rows may have changed, or gone, since they were read. */
  readonly #isReread: boolean;
  readonly #isPruned: boolean;

  constructor(extractor: AnyExtractor, checkpoint: Checkpoint, court: Court) {
    const { source } = court;
    const lowest = source.rowIds(extractor.table)?.lowest;
    this.#extractor = extractor;
    this.#name = extractor.name;
    this.#court = court;
    this.#isReread = !canAppend(extractor, source);
    this.#isPruned = checkpoint.firstRow !== undefined && (lowest === undefined || lowest > checkpoint.firstRow);
  }

  /** What follows from the source, and is not recorded. */
  unrecorded({ key }: Entry): void {
    const { findings } = this.#court;
    if (this.#isReread) findings.count(this.#name, 'behind');
    else
      findings.add('missing', this.#name, nodeId(AUDIT_EVENT, key), 'it follows from the source, and is not recorded');
  }

  /** What is recorded, and what follows from the source under its key, if anything does. */
  recorded(record: RecordedNode, entry: Entry | undefined): void {
    const { findings } = this.#court;
    if (!judgeNode(record, this.#name, this.#court, entry?.node)) return;
    if (!this.#isTrue(record, entry)) {
      findings.add('altered', this.#name, record.id, 'what it is folded from was changed after it was written');
    } else if (
      entry !== undefined &&
      (entry.leaf ?? leafOf(entry.node, this.#court.graph.keptFields)) === record.leaf
    ) {
      findings.count(this.#name, 'agreeing');
    } else if (entry === undefined) {
      if (this.#isReread || this.#isPruned) findings.count(this.#name, 'unverifiable');
      else findings.add('extra', this.#name, record.id, 'it is recorded, and does not follow from the source');
    } else if (this.#isReread) {
      findings.count(this.#name, 'behind');
    } else if (this.#isPruned && entry.drafts < record.drafts) {
      findings.count(this.#name, 'unverifiable');
    } else {
      findings.add('altered', this.#name, record.id, 'it is as recorded, and the source says otherwise');
    }
  }

  /** Whether what is kept of a node gives it; where it is what follows from the source, it does. */
  #isTrue(record: RecordedNode, entry: Entry | undefined): boolean {
    const { state } = record;
    if (state === null || (entry?.state === state && entry.drafts === record.drafts)) return true;
    const mayDiffer = entry === undefined || this.#isReread || this.#isPruned;
    if (!mayDiffer && entry.drafts !== record.drafts) return false;
    return isTrue(this.#extractor, { ...record, state }, this.#court.graph.keptFields);
  }
}

/** Compares a node with what was recorded of it alone; false where that settles the matter. */
export function judgeNode(
  record: RecordedNode,
  name: string,
  { graph, findings, leaves, hooks }: Omit<Court, 'source'>,
  derived?: GraphNode,
): boolean {
  if (hooks !== undefined && derived !== undefined && !record.isDeleted) {
    const shaped = hooks.shape(derived, undefined);
    const [is, was] = [record.node, leafOf(derived, graph.keptFields)];
    const isAsShaped = shaped ? is && leafOf(is, graph.keptFields) === leafOf(shaped, graph.keptFields) : !is;
    if (isAsShaped && was === record.leaf) {
      leaves.add(record.key, record.leaf);
      return true;
    }
  }
  if (record.node === undefined) {
    findings.add('missing', name, record.id, 'it is recorded, and is not in the graph');
    return false;
  }
  const leaf = leafOf(record.node, graph.keptFields);
  leaves.add(record.key, leaf);
  if (record.isDeleted) {
    findings.count(name, 'deleted');
    return false;
  }
  if (leaf === record.leaf) return true;
  findings.add('altered', name, record.id, 'it was changed after it was written');
  return false;
}
