import type { ChangeQuestion, FoundChanges } from './change.ts';
import type { JsonObject } from './json.ts';

/** When a record was written and changed, as its columns have it; null where they say nothing. */
interface RecordTimes {
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
}

/** A node as a graph keeps it. */
export interface KeptNode extends RecordTimes {
  readonly id: string;
  readonly nodeType: string;
  readonly subtype: string | null;
  readonly name: string;
  /** JSON text, digits and all; compact where this program wrote it. */
  readonly properties: string;
  readonly sourceTable: string | null;
  readonly sourceId: string | null;
  /** When it was marked as deleted; null where it is not. */
  readonly deletedAt: string | null;
}

/** A node to be written. */
export interface NodeInput {
  readonly id: string;
  readonly nodeType: string;
  readonly name: string;
  readonly subtype?: string | null;
  /** An object, or JSON text of one; none is an empty one. */
  readonly properties?: JsonObject | string;
  readonly sourceTable?: string | null;
  readonly sourceId?: string | null;
}

/** An edge as a graph keeps it. */
export interface KeptEdge extends RecordTimes {
  readonly id: string;
  readonly edgeType: string;
  readonly fromNode: string;
  readonly toNode: string;
  readonly properties: string | null;
}

/** An edge to be written; its id is made of its type and its ends. */
export interface EdgeInput {
  readonly edgeType: string;
  readonly fromNode: string;
  readonly toNode: string;
  readonly properties?: JsonObject | string | null;
}

/** Which records are wanted, in the order of their ids. */
export interface ListQuestion {
  /** Of this type alone. */
  readonly type?: string;
  /** Those whose ids come after this one. */
  readonly after?: string;
  /** So many at the most; 100 unless given. */
  readonly limit?: number;
  /** Those that are marked as deleted, too. */
  readonly includeDeleted?: boolean;
}

/** Reads records of one kind with all that is kept of them, whoever made them. */
export interface KeptReader<Kept> {
  /** Undefined where there is none; one that is marked as deleted is found, too. */
  find(id: string): Promise<Kept | undefined>;
  list(question: ListQuestion & { readonly limit: number }): Promise<readonly Kept[]>;
  /** How many of a type there are, those that are marked as deleted too, counted up to a limit. */
  count(type: string, limit: number): Promise<number>;
}

/**
 * Reads and writes records of one kind. What writes is one transaction, or a part of the one it is called in, and stands in
 * the log of changes. Errors are `AuditError`s: `record-exists`, `record-invalid`, `record-vetoed` and those of the graph.
 */
export interface Records<Kept, Input> {
  /** Undefined where there is none, or it is deleted and those are not wanted. */
  get(id: string, options?: { readonly includeDeleted?: boolean }): Promise<Kept | undefined>;
  list(question?: ListQuestion): Promise<readonly Kept[]>;
  /**
   * How many of a type there are, those that are marked as deleted too, counted up to a limit. Of edges, those whose ids begin
   * with the type, as this program makes them.
   */
  count(type: string, limit: number): Promise<number>;
  /** Throws where there is one of this id. */
  insert(input: Input): Promise<Kept>;
  /** Inserts it, or updates the one that is there where it says something else; what is deleted stays so. */
  save(input: Input): Promise<Kept>;
  /** Nodes are marked as deleted, edges go. False where there is none. */
  delete(id: string): Promise<boolean>;
  /** Brings back what was deleted: an edge as it was when it went. False where nothing was. */
  restore(id: string): Promise<boolean>;
  /** All of them or none. */
  insertMany(inputs: readonly Input[]): Promise<readonly Kept[]>;
  /** Gives how many there were. */
  deleteMany(ids: readonly string[]): Promise<number>;
}

/** A graph to read and write record by record. Others may write it meanwhile. */
export interface GraphStore {
  readonly path: string;
  readonly nodes: Records<KeptNode, NodeInput>;
  readonly edges: Records<KeptEdge, EdgeInput>;
  /** The longest transaction that wrote, so far, in milliseconds. */
  readonly longestWriteMs: number;
  /** The same graph, written by somebody else. */
  as(actor: string): GraphStore;
  /**
   * Does all that is done within `action`, awaited things included, in one transaction: when it throws, nothing of it was
   * done. Within another one it is a part of that, which may fail alone. Other writers wait meanwhile, so be quick.
   */
  transaction<Result>(action: () => Promise<Result>): Promise<Result>;
  /** The log of changes, the newest first; 100 of them unless a limit is given. */
  history(question?: Partial<ChangeQuestion>): Promise<FoundChanges>;
  /** Drops changes older than a moment, in milliseconds since 1970, from the log; gives how many. The log keeps that it was pruned. */
  pruneHistory(before: number): Promise<number>;
  /** Whether its file still is the one that was opened, with the tables it had: else it is to be opened anew. */
  isCurrent(): boolean;
  close(): Promise<void>;
}
