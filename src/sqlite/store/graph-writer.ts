import type { Database } from 'better-sqlite3';
import { edgeJson, nodeJson, type Operation, type RecordCleaner } from '../../model/change.ts';
import type { GraphEdge } from '../../model/edge.ts';
import { AuditError } from '../../model/errors.ts';
import type { Hook } from '../../model/hook.ts';
import type { NodeRecord, StoredNode } from '../../model/node.ts';
import { type NodeHooks, nodeHooks } from '../../model/node-hooks.ts';
import { type EdgeTable, inspectEdgeTable } from '../edge-table.ts';
import { prepareStoredEdges, type StoredEdges } from '../stored-edges.ts';
import { type FoundNode, prepareStoredNodes, type StoredNodes } from '../stored-nodes.ts';
import type { NodeTable } from '../target-schema.ts';
import { ChangeLog } from './change-log.ts';
import { type EdgeWriter, prepareEdgeWriter } from './edge-writer.ts';
import { EventIndex } from './event-index.ts';
import { HiddenEvents } from './hidden-events.ts';
import { type NodeWriter, prepareNodeWriter } from './node-writer.ts';
import type { TransactionListener } from './write-transactions.ts';

/** Where nodes and edges are written, and when. */
export interface GraphWriting {
  readonly path: string;
  readonly nodes: NodeTable;
  /** Undefined where no edges are made. */
  readonly edges: EdgeTable | undefined;
  /** The time that is written, ISO 8601; read once a transaction. */
  readonly clock: () => string;
  readonly cleaner: RecordCleaner;
  /** Called with every node that is written. */
  readonly hooks: readonly Hook[];
}

/** What it takes to write edges. */
interface EdgeTools {
  readonly stored: StoredEdges;
  readonly writer: EdgeWriter;
}

/**
 * The one place that writes nodes and edges, within a transaction of its caller, to whose transactions it listens. What it
 * does stands in the log of changes, and events that are deleted are counted no longer.
 */
export class GraphWriter implements TransactionListener {
  readonly changes: ChangeLog;
  readonly index: EventIndex;
  readonly #clock: () => string;
  readonly #cleaner: RecordCleaner;
  readonly #stored: StoredNodes;
  readonly #nodes: NodeWriter;
  readonly hidden: HiddenEvents;
  readonly #hooks: NodeHooks | undefined;
  readonly #openEdges: () => EdgeTools | undefined;
  #edges: EdgeTools | undefined;
  #now = '';

  constructor(db: Database, { path, nodes, edges, clock, cleaner, hooks }: GraphWriting) {
    const toolsOf = (table: EdgeTable | undefined): EdgeTools | undefined =>
      table && { stored: prepareStoredEdges(db, table), writer: prepareEdgeWriter(db, path, table) };
    this.changes = new ChangeLog(db, cleaner);
    this.index = new EventIndex(db);
    this.#clock = clock;
    this.#cleaner = cleaner;
    this.#stored = prepareStoredNodes(db, nodes);
    this.#nodes = prepareNodeWriter(db, nodes);
    this.hidden = new HiddenEvents(db, this.index);
    this.#hooks = nodeHooks(hooks, cleaner);
    this.#edges = toolsOf(edges);
    // Edges that are in the way of a removal are looked at only then.
    this.#openEdges = () => toolsOf(inspectEdgeTable(db, path));
  }

  begin(): void {
    this.#now = this.#clock();
    this.changes.now = this.#now;
  }

  end(): void {
    this.index.end();
    this.changes.end();
  }

  forget(): void {
    this.index.forget();
    this.changes.forget();
  }

  /** Whether anybody has a say in what is written. */
  get hasHooks(): boolean {
    return this.#hooks !== undefined;
  }

  /** What hooks make of a node before it is inserted or updated; undefined where one has vetoed that. */
  shapeNode<Node extends NodeRecord>(node: Node): Node | undefined {
    if (this.#hooks === undefined) return node;
    const before = this.#stored.find(node.id);
    return before !== undefined && this.#stored.isSame(before, node) ? node : this.#hooks.shape(node, before);
  }

  /**
   * Takes a node as hooks have shaped it. False, and nothing done, where there is a node of this id already, whoever made it.
   */
  insertNode(node: NodeRecord, actor: string): boolean {
    if (!this.#nodes.insert(node, this.#now)) return false;
    this.changes.noteInsert(node.nodeType, node.id, actor);
    this.#hooks?.afterWrite(node, undefined);
    return true;
  }

  /** The same; `before` is the node as it stands. */
  updateNode(node: NodeRecord, before: StoredNode & Partial<FoundNode>, actor: string): void {
    this.#nodes.update(node, this.#now);
    this.#noteNode('update', before, actor, nodeJson(node, before.deletedAt ?? undefined));
    this.#hooks?.afterWrite(node, before);
  }

  /** Marks a node as deleted, now unless it was before. False where there is none, it is marked already, or a hook has vetoed it. */
  softDeleteNode(id: string, actor: string, at = this.#now): boolean {
    const before = this.#stored.find(id);
    if (before === undefined || before.deletedAt !== null || this.#hooks?.allowsDelete(before) === false) return false;
    this.#nodes.mark(id, at);
    this.hidden.hide(id, before.subtype);
    this.#noteNode('soft_delete', before, actor, nodeJson(this.#cleaner.node(before), at));
    this.#hooks?.afterDelete(before);
    return true;
  }

  /** Takes the mark away. False where there is none. */
  restoreNode(id: string, actor: string): boolean {
    const before = this.#stored.find(id);
    if (before === undefined || before.deletedAt === null) return false;
    this.#nodes.mark(id, undefined);
    this.hidden.show(id, before.subtype);
    this.#noteNode('restore', before, actor, nodeJson(this.#cleaner.node(before)));
    return true;
  }

  /** Removes a node for good. False where there is none, or a hook has vetoed it. */
  removeNode(id: string, actor: string): boolean {
    const before = this.#stored.find(id);
    if (before === undefined || this.#hooks?.allowsDelete(before) === false || !this.#nodes.remove(id)) return false;
    this.#noteNode('delete', before, actor, undefined);
    this.#hooks?.afterDelete(before);
    return true;
  }

  hasEdge(id: string): boolean {
    return this.#edges?.stored.has(id) === true;
  }

  /** False, and nothing done, where there is an edge of this id already. */
  insertEdge(edge: GraphEdge, actor: string): boolean {
    if (this.#edges === undefined) {
      throw new AuditError('target-schema', 'there is no kg_edges to write an edge to', 'let it be made');
    }
    if (!this.#edges.writer.insert(edge, this.#now)) return false;
    this.changes.noteInsert(edge.edgeType, edge.id, actor);
    return true;
  }

  /** `before` is the edge as it stands. */
  updateEdge(edge: GraphEdge, before: GraphEdge, actor: string): void {
    this.#edges?.writer.update(edge, this.#now);
    const [component, recordId] = [edge.edgeType, this.#cleaner.id(edge.id)];
    const texts = { before: edgeJson(this.#cleanEdge(before)), after: edgeJson(edge) };
    this.changes.note({ component, recordId, operation: 'update', actor, ...texts });
  }

  /** Makes an edge anew that was removed. False, and nothing done, where there is one of this id. */
  restoreEdge(edge: GraphEdge, actor: string): boolean {
    if (this.#edges?.writer.insert(edge, this.#now) !== true) return false;
    const [component, recordId] = [edge.edgeType, this.#cleaner.id(edge.id)];
    this.changes.note({ component, recordId, operation: 'restore', actor, after: edgeJson(edge) });
    return true;
  }

  /** By its id; false where there is none. */
  removeEdge(id: string, actor: string): boolean {
    this.#edges ??= this.#openEdges();
    const handle = this.#edges?.stored.handleOf(id);
    return handle !== undefined && this.removeEdgeAt(handle, actor);
  }

  /** By its handle, as ids of others may be no texts; false where there is none. */
  removeEdgeAt(handle: string, actor: string): boolean {
    this.#edges ??= this.#openEdges();
    const before = this.#edges?.stored.at(handle);
    if (before === undefined || this.#edges?.writer.remove(handle) !== true) return false;
    const edge = this.#cleanEdge(before);
    const [component, recordId] = [before.edgeType, edge.id];
    this.changes.note({ component, recordId, operation: 'delete', actor, before: edgeJson(edge) });
    return true;
  }

  #noteNode(
    operation: Operation,
    before: StoredNode & Partial<FoundNode>,
    actor: string,
    after: string | undefined,
  ): void {
    this.changes.note({
      component: before.nodeType ?? '',
      recordId: this.#cleaner.id(before.id ?? ''),
      operation,
      actor,
      before: nodeJson(this.#cleaner.node(before), before.deletedAt ?? undefined),
      after,
    });
  }

  #cleanEdge(edge: GraphEdge): GraphEdge {
    const { id, properties } = this.#cleaner;
    return {
      id: id(edge.id),
      edgeType: edge.edgeType,
      fromNode: id(edge.fromNode),
      toNode: id(edge.toNode),
      properties: edge.properties === null ? null : properties(edge.properties),
    };
  }
}
