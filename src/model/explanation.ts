/** A part of an id, and what it is. */
export interface IdPart {
  readonly name: string;
  readonly value: string;
  /** Its end is missing, as the id was shortened. */
  readonly isCut?: true;
}

/** An id that was too long: so many bytes of it were kept, and the hash of the whole stands for the rest. */
interface Shortening {
  readonly keptBytes: number;
  readonly sha256: string;
}

/** How an id is made. */
export type IdAnatomy = { readonly shortened?: Shortening | undefined } & (
  | {
      readonly kind: 'event';
      /** Which source of several its rows are of; undefined where that is the graph's own. */
      readonly origin: string | undefined;
      readonly prefix: string;
      readonly extractor: string | null;
      readonly parts: readonly IdPart[];
    }
  /** `time` is when a UUID says that it was made, in milliseconds; null for a key that was given. */
  | { readonly kind: 'action'; readonly key: string; readonly time: number | null }
  | { readonly kind: 'entity'; readonly entity: string; readonly parts: readonly IdPart[] }
  | { readonly kind: 'edge'; readonly edgeType: string; readonly fromNode: string; readonly toNode: string }
  /** Not made by this program. */
  | { readonly kind: 'other' }
);

/** Which ends of an edge the graph has. */
export interface EndsInGraph {
  readonly from: boolean;
  readonly to: boolean;
}

/** A row of the source: what is told of it, by column. */
export type SourceRow = Readonly<Record<string, number | bigint | string | null>>;

/** The rows of the source that stand behind a node. */
export interface RowsBehind {
  readonly path: string;
  readonly table: string;
  readonly count: number;
  /** The first of them, in the order of their ids. */
  readonly rows: readonly SourceRow[];
}

/** What is told of an id. */
export interface Explanation {
  readonly id: string;
  readonly anatomy: IdAnatomy;
  /** How ids of its kind are made; undefined where that is not known. */
  readonly rule: string | undefined;
  /** Whether a node or edge of this id stands in the graph. */
  readonly isInGraph: boolean;
  /** Of an edge. */
  readonly ends: EndsInGraph | undefined;
  /** Undefined where the source is not at hand, or no row makes such an id. */
  readonly source: RowsBehind | undefined;
  /** What is odd, and why there is no source. */
  readonly warnings: readonly string[];
}
