import type { Change, GraphNode } from './node.ts';

/** The graph that is written, or, in a dry run, only compared with. */
export interface Target {
  readonly path: string;
  /**
   * Inserts or updates what differs, in one transaction, and says what became of each node.
   * The answer covers the first nodes given, at least one: a transaction that lasts too long ends early, so call again
   * with the rest. Nodes that do not differ are not written.
   */
  upsert(nodes: readonly GraphNode[]): Promise<readonly Change[]>;
  close(): void;
}
