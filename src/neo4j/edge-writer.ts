import { edgeJson, type Operation, type RecordCleaner } from '../model/change.ts';
import type { GraphEdge } from '../model/edge.ts';
import { groupBy } from '../model/group-by.ts';
import type { ChangeLog } from './change-log.ts';
import { edgeProperties } from './edge-properties.ts';
import type { FoundEdge } from './found-edges.ts';
import { quoteName, relationshipOf } from './labels.ts';
import type { Transaction } from './transaction.ts';
import { Collision } from './translate-error.ts';

/** Its ends are handles of nodes that are there; `isFresh` where it is known not to be. */
export interface EdgeInsert {
  readonly edge: GraphEdge;
  readonly from: string;
  readonly to: string;
  readonly actor: string;
  readonly isFresh?: boolean;
}

/** What edges are written with. */
interface EdgeWriting {
  readonly changes: ChangeLog;
  /** ISO 8601. */
  readonly now: string;
  readonly cleaner: RecordCleaner;
}

/** Writes edges for `GraphWriter`, for one try of a transaction. */
export class EdgeWriter {
  readonly #tx: Transaction;
  readonly #changes: ChangeLog;
  readonly #now: string;
  readonly #cleaner: RecordCleaner;

  constructor(tx: Transaction, { changes, now, cleaner }: EdgeWriting) {
    this.#tx = tx;
    this.#changes = changes;
    this.#now = now;
    this.#cleaner = cleaner;
  }

  /** Gives the ids of those that were made; the others were there. That an end has been removed meanwhile is a collision. */
  async insert(
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
      if (operation === 'insert') this.#changes.noteInsert(edge.edgeType, edge.id, actor);
      else this.#noteEdge('restore', edge, actor, { after: edgeJson(edge) });
    }
    return made;
  }

  /** `before` is the edge as it stands. */
  async update(
    updates: readonly { readonly edge: GraphEdge; readonly before: FoundEdge; readonly actor: string }[],
  ): Promise<void> {
    if (updates.length === 0) return;
    const rows = updates.map(({ edge, before }) => ({ handle: before.handle, said: edgeProperties(edge, this.#now) }));
    await this.#tx.run(
      `UNWIND $rows AS row MATCH ()-[r]->() WHERE elementId(r) = row.handle
       SET r += row.said, r.created_at = coalesce(r.created_at, $now)`,
      { rows, now: this.#now },
    );
    for (const { edge, before, actor } of updates) {
      this.#noteEdge('update', edge, actor, { before: edgeJson(this.#cleanEdge(before)), after: edgeJson(edge) });
    }
  }

  async remove(edges: readonly FoundEdge[], actor: string): Promise<void> {
    if (edges.length === 0) return;
    const handles = edges.map(({ handle }) => handle);
    await this.#tx.run('UNWIND $handles AS handle MATCH ()-[r]->() WHERE elementId(r) = handle DELETE r', { handles });
    for (const edge of edges) this.#noteEdge('delete', edge, actor, { before: edgeJson(this.#cleanEdge(edge)) });
  }

  /** All of one type, and all fresh or none. */
  async #insertGroup(group: readonly EdgeInsert[], { edge, isFresh }: EdgeInsert): Promise<readonly string[]> {
    const type = quoteName(relationshipOf(edge.edgeType));
    const rows = group.map(({ from, to, edge: one }) => ({
      ...{ id: one.id, from, to },
      said: edgeProperties(one, this.#now),
    }));
    const ends = 'UNWIND $rows AS row MATCH (a) WHERE elementId(a) = row.from MATCH (b) WHERE elementId(b) = row.to';
    const make = isFresh
      ? `CREATE (a)-[r:${type}]->(b) SET r = row.said, r.created_at = $now RETURN row.id AS id, TRUE AS isMade`
      : `MERGE (a)-[r:${type}]->(b) ON CREATE SET r = row.said, r.created_at = $now, r.audit_made = true
       WITH r, row, r.audit_made IS NOT NULL AS isMade FOREACH (_ IN CASE WHEN isMade THEN [1] END | REMOVE r.audit_made)
       RETURN row.id AS id, isMade`;
    const found = await this.#tx.run<{ id: string; isMade: boolean }>(`${ends} ${make}`, { now: this.#now, rows });
    // Those of others may be several where ours is one.
    if (new Set(found.map(({ id }) => id)).size < new Set(rows.map(({ id }) => id)).size) throw new Collision();
    return found.filter(({ isMade }) => isMade).map(({ id }) => id);
  }

  #noteEdge(
    operation: Operation,
    edge: GraphEdge,
    actor: string,
    said: { readonly before?: string; readonly after?: string },
  ): void {
    this.#changes.note({ component: edge.edgeType, recordId: this.#cleaner.id(edge.id), operation, actor, ...said });
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
