/**
 * The tables that a graph travels in, in their order: rows refer to what comes before them. Of the tables that are kept beside
 * a graph these hold what cannot be derived from others, and is true in another file, too.
 */
export const EXCHANGE_TABLES = [
  'kg_nodes',
  'kg_edges',
  'audit_entries',
  'audit_checkpoints',
  'audit_owed',
  'audit_replaced',
] as const;
export type ExchangeTable = (typeof EXCHANGE_TABLES)[number];

/** The column of each that tells its rows apart. */
export const EXCHANGE_KEYS: Readonly<Record<ExchangeTable, string>> = {
  kg_nodes: 'id',
  kg_edges: 'id',
  audit_entries: 'key',
  audit_checkpoints: 'extractor',
  audit_owed: 'key',
  audit_replaced: 'key',
};

/** The columns of those that are ours alone; the graph's own tables may have others beside those that we know. */
export const RECORD_COLUMNS = {
  audit_entries: ['key', 'drafts', 'state', 'leaf', 'first', 'last', 'session', 'user', 'what', 'how', 'days'],
  audit_checkpoints: [
    ...['extractor', 'source_table', 'digest', 'rules', 'condition', 'folded_to', 'unfinished', 'landmarks'],
    ...['first_row', 'counts', 'earlier', 'content'],
  ],
  audit_owed: ['key', 'after'],
  audit_replaced: ['key'],
} as const satisfies Partial<Record<ExchangeTable, readonly string[]>>;

/** A table that is ours alone. */
export type RecordTable = keyof typeof RECORD_COLUMNS;

/** Whether a table is ours alone. */
export const isRecordTable = (table: ExchangeTable): table is RecordTable => table in RECORD_COLUMNS;

/** Bytes of a cell: a BLOB, or a text that is no UTF-8. */
export class ExchangeBytes {
  readonly kind: 'blob' | 'text';
  readonly bytes: Uint8Array;

  constructor(kind: 'blob' | 'text', bytes: Uint8Array) {
    this.kind = kind;
    this.bytes = bytes;
  }

  get hex(): string {
    return Buffer.from(this.bytes).toString('hex');
  }
}

/** A value as SQLite has it, of any type: an integer is a bigint, any other number a real. */
export type ExchangeValue = null | string | bigint | number | ExchangeBytes;

/** A row on its way from one graph to another; its values are in the order of its columns. */
export interface ExchangeRow {
  readonly table: ExchangeTable;
  readonly columns: readonly string[];
  readonly values: readonly ExchangeValue[];
}

/** The value of a column; undefined where a row has no such column. */
export function valueIn({ columns, values }: ExchangeRow, column: string): ExchangeValue | undefined {
  const at = columns.indexOf(column);
  return at < 0 ? undefined : values[at];
}

/** A value as a text that shows what it is; null where there is none. */
export function shownValue(value: ExchangeValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (value instanceof ExchangeBytes) return `${value.kind === 'blob' ? 'x' : 't'}'${value.hex}'`;
  return typeof value === 'string' ? value : String(value);
}

/** Digits of a real that nobody takes for those of an integer. */
export function realText(real: number): string {
  if (Object.is(real, -0)) return '-0.0';
  const text = String(real);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** Which rows of a graph are wanted. */
export interface ExportQuestion {
  /** Those that are marked as deleted, too, and the edges that lead to them. */
  readonly includeDeleted: boolean;
  /** All edges, or those alone of which both ends are there. */
  readonly edges: 'all' | 'joined';
}

/** A table of a graph that is exported. */
export interface ExportedTable {
  readonly table: ExchangeTable;
  readonly columns: readonly string[];
}

/** A graph whose rows are read as they are at one moment. */
export interface ExportedGraph {
  readonly tables: readonly ExportedTable[];
  /** What a user should know of it. */
  readonly warnings: readonly string[];
  /** The rows of a table in the order of their keys. Throws `target-changed` where that moment cannot be held on to. */
  rows(table: ExchangeTable): Iterable<ExchangeRow>;
  close(): void;
}
