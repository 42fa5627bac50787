/** A column of a table, as it was declared. */
export interface SchemaColumn {
  readonly name: string;
  /** Empty where none was declared. */
  readonly type: string;
  readonly isKey: boolean;
  /** The table whose rows it names; undefined where it names none. */
  readonly references: string | undefined;
}

/** A table of a graph's file. */
export interface SchemaTable {
  readonly name: string;
  /** The graph itself, what this program keeps beside it, or what others have made. */
  readonly kind: 'graph' | 'record' | 'other';
  readonly columns: readonly SchemaColumn[];
  /** Null where they cannot be counted, as those of views and virtual tables. */
  readonly rows: number | null;
}

/** The tables of a graph's file: those of the graph first, then ours, then those of others. */
export interface Schema {
  readonly path: string;
  readonly tables: readonly SchemaTable[];
}
