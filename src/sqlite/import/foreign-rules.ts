import type { Database } from 'better-sqlite3';
import type { ExchangeRow, ExchangeTable, ExchangeValue } from '../../model/exchange.ts';
import { type GraphColumn, graphColumns } from '../graph-columns.ts';
import { quoteName } from '../quote.ts';
import { inspectTable } from '../table-shape.ts';
import { type Bound, bound, placeholder } from './exact-rows.ts';

/** Columns that every row has a value for. */
const ALWAYS_THERE: ReadonlySet<string> = new Set(['id', 'node_type', 'name', 'edge_type', 'from_node', 'to_node']);
const TIMES: ReadonlySet<string> = new Set(['created_at', 'updated_at']);

interface TableRules {
  readonly columns: readonly GraphColumn[];
  readonly id: string;
  /** The columns of each index, beside that of ids, by which rows may clash. */
  readonly unique: readonly (readonly GraphColumn[])[];
}

/** The rules of tables that others have made: what may keep a row out that is as it should be. */
export class ForeignRules {
  readonly #db: Database;
  readonly #rules = new Map<ExchangeTable, TableRules>();

  constructor(db: Database) {
    this.#db = db;
    for (const table of ['kg_nodes', 'kg_edges'] as const) {
      const columns = graphColumns(db, table);
      const id = columns.find(({ name }) => name === 'id');
      if (id === undefined) continue;
      const unique = uniqueOf(db, table, columns);
      if (unique.length > 0 || hasRules(db, table, columns)) {
        this.#rules.set(table, { columns, id: id.quoted, unique });
      }
    }
  }

  has(table: ExchangeTable): boolean {
    return this.#rules.has(table);
  }

  /** Whether any table has some. */
  get isAny(): boolean {
    return this.#rules.size > 0;
  }

  /** Brings what a row would change or clash with into a copy of its table, as far as it is not there. */
  bring(copy: Database, row: ExchangeRow, key: string): void {
    const { table } = row;
    const rules = this.#rules.get(table);
    if (rules === undefined) return;
    const before = this.#bringOne(copy, table, rules, `${rules.id} = ?`, [key]);
    for (const index of rules.unique) {
      const values = index.map((column) => valueAfter(row, rules.columns, before, column));
      if (values.length === 0 || values.some((value) => value === null || value === undefined)) continue;
      const clash = index.map(({ quoted }, at) => `${quoted} = ${placeholder(values[at] ?? null)}`).join(' AND ');
      this.#bringOne(
        copy,
        table,
        rules,
        clash,
        values.map((value) => bound(value ?? null)),
      );
    }
  }

  /** Gives the row of the graph, where there is one. */
  #bringOne(copy: Database, table: string, { columns, id }: TableRules, condition: string, values: readonly Bound[]) {
    const names = columns.map(({ quoted }) => quoted).join(', ');
    const row = this.#db
      .prepare<Bound[], Bound[]>(`SELECT ${names} FROM ${table} WHERE ${condition}`)
      .raw()
      .safeIntegers()
      .get(...values);
    if (row === undefined) return undefined;
    const isId = row[columns.findIndex(({ quoted }) => quoted === id)] ?? null;
    const isThere = copy.prepare<[Bound], 1>(`SELECT 1 FROM ${table} WHERE ${id} = ?`).get(isId) !== undefined;
    const places = row.map(() => '?').join(', ');
    if (!isThere) copy.prepare<Bound[]>(`INSERT INTO ${table}(${names}) VALUES (${places})`).run(...row);
    return row;
  }
}

/** What a column holds when a row has come in, as far as it is known. */
function valueAfter(
  { columns, values }: ExchangeRow,
  all: readonly GraphColumn[],
  before: readonly Bound[] | undefined,
  { name }: GraphColumn,
): ExchangeValue | undefined {
  const at = columns.indexOf(name);
  if (at >= 0) return values[at];
  const was = before?.[all.findIndex((column) => column.name === name)];
  return was instanceof Uint8Array ? undefined : was;
}

function uniqueOf(db: Database, table: string, columns: readonly GraphColumn[]): readonly (readonly GraphColumn[])[] {
  const names = db.prepare<[string], string>('SELECT name FROM pragma_index_list(?) WHERE "unique"').pluck().all(table);
  const parts = db.prepare<[string], string | null>('SELECT name FROM pragma_index_info(?) ORDER BY seqno').pluck();
  return names.flatMap((index) => {
    const found = parts
      .all(index)
      .map((part) => columns.find(({ quoted }) => part !== null && quoted === quoteName(part)));
    const known = found.filter((column) => column !== undefined);
    if (known.length === 1 && known[0]?.name === 'id') return [];
    // Of one of expressions it is not known what clashes.
    return [known.length === found.length ? known : []];
  });
}

/** A word of these may stand in a name: then rows are tried, and none is refused. */
function hasRules(db: Database, table: string, columns: readonly GraphColumn[]): boolean {
  const shape = inspectTable(db, table);
  const sql = db
    .prepare<[string], string>("SELECT group_concat(type || ' ' || sql) FROM sqlite_schema WHERE lower(tbl_name) = ?")
    .pluck()
    .get(table);
  return (
    /\b(check|strict)\b|^trigger|,trigger/i.test(sql ?? '') ||
    columns.some(({ name }) => shape?.column(name)?.notNull === true && !ALWAYS_THERE.has(name) && !TIMES.has(name))
  );
}
