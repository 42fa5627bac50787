import type { ColumnKind, Columns, Condition } from '../../model/extractor.ts';
import { quoteName } from '../quote.ts';
import type { TableShape } from '../table-shape.ts';
import { encodeCell, encodeInteger } from './cell.ts';
import { keyColumns, keyOfPosition, keyPosition } from './key-position.ts';
import { lookupCells, type TableLookup } from './table-lookup.ts';

/** The name of a part of the row's position; a colon keeps it apart from other names. */
export const positionName = (part: number): string => quoteName(`position:${part}`);

/** The name of a part as it is stored. */
const rawPosition = (part: number): string => rawName(`position:${part}`);

/** The name of a column as it is stored, beside the one under which a condition finds it as the contract has it. */
const rawName = (column: string): string => quoteName(`raw:${column}`);

/** The name of a column of a window query, by its place. */
export const cellName = (at: number): string => quoteName(`cell:${at}`);

/** What is read of the rows of a window; packed, the columns come as one text. */
export interface Selection {
  readonly table: TableShape;
  readonly columns: Columns;
  readonly condition: Condition;
  readonly isPacked: boolean;
  readonly lookup?: TableLookup | undefined;
}

/**
 * The SELECT that reads one window of a table: the parts of a row's position, then its columns in the order given, then
 * what is looked up. `bindingsOf` has its parameters in their order.
 * COLLATE BINARY undoes a collation that the table declares, which would reach through CAST into `=` and `IN`.
 */
export function windowQuery(selection: Selection): string {
  const { condition } = selection;
  return 'oneOf' in condition ? plainQuery(selection, condition) : nestedQuery(selection, condition.sql);
}

/** What a window query is run with: a condition of SQL comes after the bounds, as it is asked of the rows between them. */
export function bindingsOf<Bound>(condition: Condition, bounds: readonly Bound[]): readonly (Bound | string)[] {
  return 'oneOf' in condition ? [...valuesOf(condition), ...bounds] : [...bounds, ...condition.parameters];
}

/** Empty text is absent, so no column has it. */
function valuesOf({ oneOf }: { readonly oneOf: readonly string[] }): readonly string[] {
  return oneOf.filter((value) => value !== '');
}

function plainQuery(
  { table, columns, isPacked, lookup }: Selection,
  condition: Extract<Condition, { oneOf: unknown }>,
): string {
  const column = (name: string) => quoteName(table.column(name)?.name ?? name);
  const positions = positionExpressions(table).map(
    (expression, part) => `${encodePosition(table, expression)} AS ${positionName(part)}`,
  );
  const cells = Object.entries(columns).map(([name, kind]) => encodeCell(kind, column(name)));
  if (lookup !== undefined) cells.push(...lookupCells(lookup, `${quoteName(table.name)}.${column(lookup.key)}`));
  const values = valuesOf(condition).map(() => '?');
  const wanted = `CAST(${column(condition.column)} AS TEXT) COLLATE BINARY IN (${values.join(', ')})`;
  return `SELECT ${[...positions, ...pack(cells, isPacked)].join(', ')} FROM ${quoteName(table.name)} ${rangeOf(table, wanted)}`;
}

function nestedQuery({ table, columns, isPacked, lookup }: Selection, condition: string): string {
  const positions = positionExpressions(table);
  const named = positions.map((expression, part) => `${expression} AS ${rawPosition(part)}`);
  const encoded = positions.map((_, part) => `${encodePosition(table, rawPosition(part))} AS ${positionName(part)}`);
  const cells: string[] = [];
  for (const [name, kind] of Object.entries(columns)) {
    const column = quoteName(table.column(name)?.name ?? name);
    named.push(`${column} AS ${rawName(name)}`, `${expressionOf(kind, column)} AS ${quoteName(name)}`);
    cells.push(encodeCell(kind, rawName(name)));
  }
  if (lookup !== undefined) cells.push(...lookupCells(lookup, `window_rows.${rawName(lookup.key)}`));
  const order = table.order.by === 'rowid' ? `ORDER BY ${rawPosition(0)}` : '';
  const window = `SELECT ${named.join(', ')} FROM ${quoteName(table.name)} ${rangeOf(table, 'TRUE')}`;
  return `SELECT ${[...encoded, ...pack(cells, isPacked)].join(', ')} FROM (${window}) AS window_rows WHERE (${condition}) ${order}`;
}

function pack(cells: readonly string[], isPacked: boolean): readonly string[] {
  return isPacked ? [`json_array(${cells.join(', ')})`] : cells.map((cell, at) => `${cell} AS ${cellName(at)}`);
}

function encodePosition({ order }: TableShape, position: string): string {
  return order.by === 'rowid' ? encodeInteger(position) : position;
}

/** The expressions that say where a row stands in its table's order. */
export function positionExpressions({ order }: TableShape): readonly string[] {
  if (order.by === 'rowid') return [order.alias];
  return order.by === 'primary-key' ? keyPosition(order.columns) : [];
}

/**
 * The range of a window, and its order.
 * NOT INDEXED: an index on the source must not tempt the planner away from reading in row order.
 */
export function rangeOf({ name, order }: TableShape, wanted: string): string {
  if (order.by === 'rowid')
    return `NOT INDEXED WHERE ${wanted} AND ${order.alias} BETWEEN ? AND ? ORDER BY ${order.alias}`;
  if (order.by === 'nothing') return `WHERE ${wanted}`;
  const key = keyColumns(name, order.columns);
  const bound = keyOfPosition(order.columns);
  return `WHERE ${wanted} AND (${key}) >= ${bound} AND (${key}) <= ${bound} ORDER BY ${key}`;
}

function expressionOf(kind: ColumnKind, column: string): string {
  const text = `NULLIF(CAST(${column} AS TEXT) COLLATE BINARY, '')`;
  const isInteger = `typeof(${column}) = 'integer'`;
  const isNumber = `${isInteger} OR (typeof(${column}) = 'real' AND abs(${column}) < 9e999)`;
  switch (kind) {
    case 'text':
      return text;
    case 'id':
      return `CASE WHEN ${isInteger} THEN ${column} ELSE ${text} END`;
    case 'number':
      return `CASE WHEN ${isNumber} THEN ${column} END`;
    case 'value':
      return `CASE WHEN ${isNumber} THEN ${column} ELSE ${text} END`;
  }
}
