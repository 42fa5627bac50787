import { nodeJson, type Operation, type RecordCleaner } from '../model/change.ts';
import { groupBy } from '../model/group-by.ts';
import type { NodeRecord } from '../model/node.ts';
import type { NodeHooks } from '../model/node-hooks.ts';
import { ChangeLog, type LogEntryOrigin } from './change-log.ts';
import { createEvents, type EventEdge } from './create-events.ts';
import { type EdgeInsert, EdgeWriter } from './edge-writer.ts';
import type { FoundEdge } from './found-edges.ts';
import type { FoundNode } from './found-nodes.ts';
import { isSameNode } from './is-same-node.ts';
import { GRAPH_NODE, labelOf, quoteName } from './labels.ts';
import { changedProperties, nodeProperties } from './node-properties.ts';
import type { Transaction } from './transaction.ts';
import { Collision } from './translate-error.ts';

/** What nodes and edges are written with. */
export interface GraphWriting extends LogEntryOrigin {
  /** Called with every node that is written; undefined where there are none. */
  readonly hooks: NodeHooks | undefined;
}

export interface NodeInsert {
  readonly node: NodeRecord;
  readonly actor: string;
}

/** The same, and who makes it. */
export interface EventEdgeInsert extends EventEdge {
  readonly actor: string;
}

/**
 * The one place that writes nodes and edges, for one try of a transaction. What it does stands in the log of changes, which
 * `end` writes.
 */
export class GraphWriter {
  readonly changes: ChangeLog;
  readonly #tx: Transaction;
  readonly #now: string;
  readonly #cleaner: RecordCleaner;
  readonly #hooks: NodeHooks | undefined;
  readonly #edges: EdgeWriter;

  constructor(tx: Transaction, writing: GraphWriting) {
    this.#tx = tx;
    this.#now = writing.now;
    this.#cleaner = writing.cleaner;
    this.#hooks = writing.hooks;
    this.changes = new ChangeLog(writing);
    this.#edges = new EdgeWriter(tx, { ...writing, changes: this.changes });
  }

  /** What hooks make of a node before it is inserted or updated; undefined where one has vetoed that. */
  shapeNode<Node extends NodeRecord>(node: Node, before: FoundNode | undefined): Node | undefined {
    if (this.#hooks === undefined || (before !== undefined && isSameNode(before, node))) return node;
    return this.#hooks.shape(node, before);
  }

  /** Takes nodes as hooks have shaped them. Gives handles of those that were made, by their ids; the others were there. */
  async insertNodes(inserts: readonly NodeInsert[]): Promise<ReadonlyMap<string, string>> {
    const handles = new Map<string, string>();
    const groups = groupBy(inserts, ({ node }) => node.nodeType);
    for (const group of groups.values()) {
      for (const { id, handle } of await this.#insertAlike(group)) handles.set(id, handle);
    }
    for (const insert of inserts) if (handles.has(insert.node.id)) this.#noteInsert(insert);
    return handles;
  }

  /** The same for nodes that are there; `before` is the node as it stands. */
  async updateNodes(
    updates: readonly { readonly node: NodeRecord; readonly before: FoundNode; readonly actor: string }[],
  ): Promise<void> {
    if (updates.length === 0) return;
    const rows = updates.map(({ node, before }) => ({
      handle: before.handle,
      said: { ...changedProperties(node, before.properties), updated_at: this.#now },
    }));
    await this.#tx.run('UNWIND $rows AS row MATCH (n) WHERE elementId(n) = row.handle SET n += row.said', { rows });
    for (const { node, before, actor } of updates) {
      this.#noteNode('update', before, actor, nodeJson(node, before.deletedAt ?? undefined));
      this.#hooks?.afterWrite(node, before);
    }
  }

  /** Marks nodes as deleted at a time, or, without one, takes the mark away. Gives those that had it otherwise, and no hook vetoed. */
  async markNodes(
    nodes: readonly FoundNode[],
    deletedAt: string | undefined,
    actor: string,
  ): Promise<readonly FoundNode[]> {
    const marked = nodes.filter((node) =>
      deletedAt === undefined
        ? node.deletedAt !== null
        : node.deletedAt === null && this.#hooks?.allowsDelete(node) !== false,
    );
    if (marked.length === 0) return marked;
    await this.#tx.run(
      'UNWIND $handles AS handle MATCH (n) WHERE elementId(n) = handle SET n.deleted_at = $deletedAt',
      { handles: marked.map(({ handle }) => handle), deletedAt: deletedAt ?? null },
    );
    for (const node of marked) {
      const operation = deletedAt === undefined ? 'restore' : 'soft_delete';
      this.#noteNode(operation, node, actor, nodeJson(this.#cleaner.node(node), deletedAt));
      if (deletedAt !== undefined) this.#hooks?.afterDelete(node);
    }
    return marked;
  }

  /** Removes nodes for good, which have no edges any more. Gives those that no hook vetoed. */
  async removeNodes(nodes: readonly FoundNode[], actor: string): Promise<readonly FoundNode[]> {
    const removed = nodes.filter((node) => this.#hooks?.allowsDelete(node) !== false);
    if (removed.length === 0) return removed;
    const handles = removed.map(({ handle }) => handle);
    await this.#tx.run('UNWIND $handles AS handle MATCH (n) WHERE elementId(n) = handle DELETE n', { handles });
    for (const node of removed) {
      this.#noteNode('delete', node, actor, undefined);
      this.#hooks?.afterDelete(node);
    }
    return removed;
  }

  /**
   * Makes events that are not there, and edges of theirs to nodes that are. Somebody who has made one meanwhile, or removed
   * such a node, is a collision.
   */
  async insertEvents(events: readonly NodeInsert[], edges: readonly EventEdgeInsert[]): Promise<void> {
    if (events.length === 0) return;
    const nodes = events.map(({ node }) => node);
    if (!(await createEvents(this.#tx, nodes, edges, this.#now))) throw new Collision();
    for (const event of events) this.#noteInsert(event);
    for (const { edge, actor } of edges) this.changes.noteInsert(edge.edgeType, edge.id, actor);
  }

  /** Gives the ids of those that were made; the others were there. */
  insertEdges(
    inserts: readonly EdgeInsert[],
    operation: 'insert' | 'restore' = 'insert',
  ): Promise<ReadonlySet<string>> {
    return this.#edges.insert(inserts, operation);
  }

  /** `before` is the edge as it stands. */
  updateEdges(updates: Parameters<EdgeWriter['update']>[0]): Promise<void> {
    return this.#edges.update(updates);
  }

  removeEdges(edges: readonly FoundEdge[], actor: string): Promise<void> {
    return this.#edges.remove(edges, actor);
  }

  /** The transaction is about to be in: writes the log. */
  async end(): Promise<void> {
    await this.changes.write(this.#tx);
  }

  /** All of one type. */
  async #insertAlike(
    group: readonly NodeInsert[],
  ): Promise<readonly { readonly id: string; readonly handle: string }[]> {
    const [first] = group;
    if (first === undefined) return [];
    const label = quoteName(labelOf(first.node.nodeType));
    // Whoever writes in the same order waits for others, and does not get in each other's way.
    const rows = group.map(({ node }) => nodeProperties(node)).sort((a, b) => (a.UID < b.UID ? -1 : 1));
    return this.#tx.run(
      `UNWIND $rows AS said MERGE (n:${GRAPH_NODE} {UID: said.UID})
       ON CREATE SET n:${label}, n += said, n.created_at = $now, n.updated_at = $now, n.audit_made = true
       WITH n, said WHERE n.audit_made REMOVE n.audit_made
       RETURN said.UID AS id, elementId(n) AS handle`,
      { rows, now: this.#now },
    );
  }

  #noteInsert({ node, actor }: NodeInsert): void {
    this.changes.noteInsert(node.nodeType, node.id, actor);
    this.#hooks?.afterWrite(node, undefined);
  }

  #noteNode(operation: Operation, before: FoundNode, actor: string, after: string | undefined): void {
    this.changes.note({
      component: before.nodeType ?? '',
      recordId: this.#cleaner.id(before.id),
      operation,
      actor,
      before: nodeJson(this.#cleaner.node(before), before.deletedAt ?? undefined),
      after,
    });
  }
}
