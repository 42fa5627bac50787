import type { KeptEdge } from './graph-store.ts';

/** Which edges are wanted: those that all that is given says of. */
export interface EdgeQuestion {
  readonly type?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** So many at the most. */
  readonly limit: number;
  /** Where a page ended: only those after it. It fits the same question alone. */
  readonly after?: EdgePlace | undefined;
}

/** A place in the order of a list of edges. */
export type EdgePlace = readonly string[];

/** Some edges, and the place of the last one where there may be more. */
export interface EdgePage {
  readonly edges: readonly KeptEdge[];
  readonly next: EdgePlace | undefined;
}

/** Lists edges, page by page: by their ids, of a node by type and other end. */
export interface EdgeLister {
  /** May take a while where only a type is named; an aborted signal ends it with the signal's reason. */
  list(question: EdgeQuestion, signal: AbortSignal): Promise<EdgePage>;
}
