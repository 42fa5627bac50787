import type { Facets } from './facets.ts';
import type { JsonObject } from './json.ts';

/**
 * How a column is read (SPEC section 1):
 * - `id`: the row's id; an integer, else its text
 * - `text`: what `CAST(x AS TEXT)` gives
 * - `number`: an integer or a finite double; anything else is null
 * - `value`: integers and finite doubles as they are, anything else as text
 *
 * Empty text is null everywhere.
 */
export type ColumnKind = 'id' | 'text' | 'number' | 'value';

/** The columns that an extractor needs, and how each is read. */
export type Columns = { readonly [column: string]: ColumnKind };

/** What each kind gives. An integer is a number where a double holds it exactly, a bigint beyond 2^53. */
interface KindValue {
  readonly id: number | bigint | string | null;
  readonly text: string | null;
  readonly number: number | bigint | null;
  readonly value: number | bigint | string | null;
}

/** The row type that a column list reads: `RowOf<{ id: 'id'; content: 'text' }>`. */
export type RowOf<C extends Columns> = { readonly [Name in keyof C]: KindValue[C[Name]] };

/**
 * Columns of one row of another table: the one whose `id` stands in a column of the extractor's own. Each is null where the
 * table, the column or the row is missing, and so are all where the other table has no unique `id`.
 */
export interface Lookup<L extends Columns = Columns, Key extends string = string> {
  readonly table: string;
  /** One of the extractor's columns. */
  readonly key: Key;
  /** The columns wanted of the other row, and how each is read; none has the name of an extractor's own. */
  readonly columns: L;
  /** What they say, for people: `sessions and times of system events`. */
  readonly meaning?: string;
}

/** The columns of a lookup that is not declared. */
export type NoColumns = Readonly<Record<never, ColumnKind>>;

/** What a node says. `sourceId` is the key's parts, joined, unless given. A name is brought on one line by the engine. */
export interface NodeContent {
  readonly name: string;
  readonly properties: JsonObject;
  readonly sourceId?: string;
  /** What it is found and counted by. */
  readonly facets?: Facets;
}

/** A node that one row says everything of. */
export interface WholeDraft extends NodeContent {
  readonly key: readonly string[];
}

/** A row's share of a node that many rows make; `state` survives `JSON.parse(JSON.stringify(state))`. */
export interface PartialDraft<State> {
  readonly key: readonly string[];
  readonly state: State;
}

/** A row that no node can be made of, and why; the engine counts it and reports the reason. */
export interface Skip {
  readonly skip: string;
}

/** What an extractor yields for a row. */
export type Draft<State> = WholeDraft | PartialDraft<State> | Skip;

/**
 * How the states of one key become a node. Both functions are pure, and `merge` is associative and commutative:
 * the engine folds in whatever windows it reads, across runs and across processes.
 */
export interface Fold<State> {
  merge(a: State, b: State): State;
  finish(state: State, key: readonly string[]): NodeContent;
}

/** What a user may set that changes which rows are read. */
export interface ExtractorSettings {
  /** The statuses that mean failure, compared exactly. */
  readonly errorStatuses: readonly string[];
}

/**
 * Which rows are wanted: those whose text column has one of some values, which is what SQLite tests fastest, or any
 * other condition on the columns an extractor reads, as SQL with `?` for its parameters.
 */
export type Condition =
  | { readonly column: string; readonly oneOf: readonly string[] }
  | { readonly sql: string; readonly parameters: readonly string[] };

/**
 * One kind of audit event, and how it comes out of one table of `sessions.db`.
 *
 * An extractor knows its table, the columns it needs and what a row means. It never opens a database, makes an id,
 * writes, counts or prints: it yields drafts, and the engine does the rest. Built-in extractors are files of this
 * project registered in `src/extractors/index.ts`; others are modules named with `--extractor`.
 */
export interface Extractor<C extends Columns = Columns, State = unknown, L extends Columns = NoColumns> {
  /** Its name on the command line and in reports: `tool-errors`. */
  readonly name: string;
  /** Raised whenever the same rows would give other nodes. */
  readonly version: number;
  /** One line for people. */
  readonly summary: string;
  /** `kg_nodes.subtype` of its nodes. */
  readonly subtype: string;
  /** First part of its keys, no other extractor's: `err` gives `audit_event:err:...`. */
  readonly prefix: string;
  /** The table it reads. A source without it is no failure: the extractor is skipped. */
  readonly table: string;
  /** The columns it needs, checked before anything is read. */
  readonly columns: C;
  /** What is read beside each row; it never changes which rows are. */
  readonly lookup?: Lookup<L, Extract<keyof C, string>>;
  /**
   * True where rows of the table are only ever added, in the order of their ids, and never change: then a run reads
   * what came after the last one. Otherwise the whole table is read every time.
   */
  readonly appended?: boolean;
  /**
   * The text columns that alone make the key of a row's draft, `unknown` where one is absent; for an extractor whose
   * drafts are all partial. Then rows are sorted by key before they are folded, which is much faster where they are many.
   */
  readonly keyColumns?: readonly string[];
  /** What the parts of its keys are, for people: names of columns, if it can be; the key columns unless given. */
  readonly keyParts?: readonly string[];
  /** A column whose values tell which rows are wanted: where none is, others than `expected` are worth a warning. */
  readonly watch?: { readonly column: string; readonly expected: readonly string[] };
  /** Properties that list no more than so many of the things its rows name: where a list is full, edges need the rows. */
  readonly cutLists?: { readonly [property: string]: number };
  /** Which rows it wants; all of them when absent. */
  where?(settings: ExtractorSettings): Condition;
  /** Turns the rows of one window, in the order of their ids, into drafts. Never sees more than one window. */
  extract(rows: Iterable<RowOf<C> & RowOf<L>>): Iterable<Draft<State>>;
  /** Needed when `extract` yields partial drafts. */
  readonly fold?: Fold<State>;
}

/** Gives an extractor its row and state types, and forgets them for the registry, as its members are methods. */
export function defineExtractor<const C extends Columns, State = never, const L extends Columns = NoColumns>(
  extractor: Extractor<C, State, L>,
): AnyExtractor {
  return extractor;
}

/** An extractor whose row and state types only it knows. */
export type AnyExtractor = Extractor<Columns, unknown, Columns>;
