import { edgeJson, nodeJson, type Operation, type RecordCleaner } from '../model/change.ts';
import type { GraphEdge } from '../model/edge.ts';
import { groupBy } from '../model/group-by.ts';
import type { NodeRecord } from '../model/node.ts';
import type { NodeHooks } from '../model/node-hooks.ts';
import { ChangeLog, type LogEntryOrigin } from './change-log.ts';
import type { FoundEdge } from './found-edges.ts';
import type { FoundNode } from './found-nodes.ts';
import { isSameNode } from './is-same-node.ts';
import { GRAPH_NODE, labelOf, quoteName, relationshipOf } from './labels.ts';
import { changedProperties, nodeProperties } from './node-properties.ts';
import type { Transaction } from './transaction.ts';

/** What nodes and edges are written with. */
export interface GraphWriting extends LogEntryOrigin {
  /** Called with every node that is written; undefined where there are none. */
  readonly hooks: NodeHooks | undefined;
}

export interface NodeInsert {
  readonly node: NodeRecord;
  readonly actor: string;
}

/** Its ends are handles of nodes; `isFresh` where one of them was made in this transaction, so that it cannot be there. */
export interface EdgeInsert {
  readonly edge: GraphEdge;
  readonly from: string;
  readonly to: string;
  readonly actor: string;
  readonly isFresh: boolean;
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

  constructor(tx: Transaction, writing: GraphWriting) {
    this.#tx = tx;
    this.#now = writing.now;
    this.#cleaner = writing.cleaner;
    this.#hooks = writing.hooks;
    this.changes = new ChangeLog(writing);
  }

  /** What hooks make of a node before it is inserted or updated; undefined where one has vetoed that. */
  shapeNode<Node extends NodeRecord>(node: Node, before: FoundNode | undefined): Node | undefined {
    if (this.#hooks === undefined || (before !== undefined && isSameNode(before, node))) return node;
    return this.#hooks.shape(node, before);
  }

  /** Takes nodes as hooks have shaped them. Gives handles of those that were made, by their ids; the others were there. */
  async insertNodes(inserts: readonly NodeInsert[]): Promise<ReadonlyMap<string, string>> {
    const handles = new Map<string, string>();
    for (const [type, group] of groupBy(inserts, ({ node }) => node.nodeType)) {
      // Whoever writes in the same order waits for others, and does not get in each other's way.
      const rows = group
        .map(({ node }) => ({ id: node.id, said: { ...nodeProperties(node), ...this.#times() } }))
        .sort((a, b) => (a.id < b.id ? -1 : 1));
      const made = await this.#tx.run<{ id: string; handle: string }>(
        `UNWIND $rows AS row MERGE (n:${GRAPH_NODE} {UID: row.id})
         ON CREATE SET n:${quoteName(labelOf(type))}, n += row.said, n.audit_made = true
         WITH n, row WHERE n.audit_made REMOVE n.audit_made RETURN row.id AS id, elementId(n) AS handle`,
        { rows },
      );
      for (const { id, handle } of made) handles.set(id, handle);
    }
    for (const { node, actor } of inserts) {
      if (!handles.has(node.id)) continue;
      this.changes.noteInsert(node.nodeType, node.id, actor);
      this.#hooks?.afterWrite(node, undefined);
    }
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
      'UNWIND $handles AS handle MATCH (n) WHERE elementId(n) = handle SET n.deleted_at = $deletedAt, n.updated_at = n.updated_at',
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

  /** Gives the ids of those that were made; the others were there. */
  async insertEdges(
    inserts: readonly EdgeInsert[],
    operation: 'insert' | 'restore' = 'insert',
  ): Promise<ReadonlySet<string>> {
    const made = new Set<string>();
    const groups = groupBy(
      inserts,
      ({ edge, isFresh }) => `${isFresh ? 'CREATE' : 'MERGE'} ${relationshipOf(edge.edgeType)}`,
    );
    for (const group of groups.values()) {
      const [first] = group;
      if (first !== undefined) for (const id of await this.#insertGroup(group, first)) made.add(id);
    }
    for (const { edge, actor } of inserts) {
      if (!made.has(edge.id)) continue;
      if (operation === 'insert') this.changes.noteInsert(edge.edgeType, edge.id, actor);
      else this.#noteEdge('restore', edge, actor, { after: edgeJson(edge) });
    }
    return made;
  }

  /** `before` is the edge as it stands. */
  async updateEdges(
    updates: readonly { readonly edge: GraphEdge; readonly before: FoundEdge; readonly actor: string }[],
  ): Promise<void> {
    if (updates.length === 0) return;
    const rows = updates.map(({ edge, before }) => ({ handle: before.handle, said: this.#edgeProperties(edge) }));
    await this.#tx.run(
      `UNWIND $rows AS row MATCH ()-[r]->() WHERE elementId(r) = row.handle
       SET r += row.said, r.created_at = coalesce(r.created_at, $now)`,
      { rows, now: this.#now },
    );
    for (const { edge, before, actor } of updates) {
      this.#noteEdge('update', edge, actor, { before: edgeJson(this.#cleanEdge(before)), after: edgeJson(edge) });
    }
  }

  async removeEdges(edges: readonly FoundEdge[], actor: string): Promise<void> {
    if (edges.length === 0) return;
    const handles = edges.map(({ handle }) => handle);
    await this.#tx.run('UNWIND $handles AS handle MATCH ()-[r]->() WHERE elementId(r) = handle DELETE r', { handles });
    for (const edge of edges) this.#noteEdge('delete', edge, actor, { before: edgeJson(this.#cleanEdge(edge)) });
  }

  /** The transaction is about to be in: writes the log. */
  async end(): Promise<void> {
    await this.changes.write(this.#tx);
  }

  /** Those at a node that was just made cannot be there, and a node with many edges need not be locked for them. */
  async #insertGroup(group: readonly EdgeInsert[], { edge, isFresh }: EdgeInsert): Promise<readonly string[]> {
    const type = quoteName(relationshipOf(edge.edgeType));
    const ends = 'MATCH (a) WHERE elementId(a) = row.from MATCH (b) WHERE elementId(b) = row.to';
    const rows = group.map(({ from, to, edge }) => ({
      from,
      to,
      said: { ...this.#edgeProperties(edge), ...this.#times() },
    }));
    if (isFresh) {
      await this.#tx.run(`UNWIND $rows AS row ${ends} CREATE (a)-[r:${type}]->(b) SET r = row.said`, { rows });
      return group.map(({ edge: { id } }) => id);
    }
    const made = await this.#tx.run<{ id: string }>(
      `UNWIND $rows AS row ${ends} MERGE (a)-[r:${type}]->(b) ON CREATE SET r = row.said, r.audit_made = true
       WITH r, row WHERE r.audit_made REMOVE r.audit_made RETURN row.said.id AS id`,
      { rows },
    );
    return made.map(({ id }) => id);
  }

  #times() {
    return { created_at: this.#now, updated_at: this.#now };
  }

  #edgeProperties({ id, edgeType, properties }: GraphEdge) {
    return { id, edge_type: edgeType, properties, updated_at: this.#now };
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

  #noteEdge(
    operation: Operation,
    edge: GraphEdge,
    actor: string,
    said: { readonly before?: string; readonly after?: string },
  ): void {
    this.changes.note({ component: edge.edgeType, recordId: this.#cleaner.id(edge.id), operation, actor, ...said });
  }

  #cleanEdge({ id, edgeType, fromNode, toNode, properties }: GraphEdge): GraphEdge {
    const clean = this.#cleaner;
    const ends = { fromNode: clean.id(fromNode), toNode: clean.id(toNode) };
    return {
      id: clean.id(id),
      edgeType,
      ...ends,
      properties: properties === null ? null : clean.properties(properties),
    };
  }
}
