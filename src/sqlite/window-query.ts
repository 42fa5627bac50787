import type { ColumnKind, Columns, Condition } from '../model/extractor.ts';
import { keyColumns, keyOfPosition, keyPosition } from './key-position.ts';
import { quoteName } from './quote.ts';
import type { TableShape } from './table-shape.ts';

/** The name under which a query gives its rows' position, a column for each part; a colon keeps it apart from others. */
export const positionName = (part: number): string => `position:${part}`;

/** The name under which a query says whether a row is wanted: 1, or else it comes only so that the clock can be read. */
export const WANTED = 'wanted:';

/** A row this often, wanted or not, so that a window with nothing in it does not hold its read for long. */
const ROWS_BETWEEN_BEATS = 1024;

/**
 * The SELECT that reads one window of a table. Its parameters are those of the condition, then the bounds.
 * COLLATE BINARY undoes a collation that the table declares, which would reach through CAST into `=` and `IN`.
 */
export function windowQuery(table: TableShape, columns: Columns, condition: Condition): string {
  const positions = positionExpressions(table);
  const named = positions.map((expression, part) => `${expression} AS ${quoteName(positionName(part))}`);
  for (const [name, kind] of Object.entries(columns)) {
    named.push(`${expressionOf(kind, quoteName(table.column(name)?.name ?? name))} AS ${quoteName(name)}`);
  }
  const window = `SELECT ${named.join(', ')} FROM ${quoteName(table.name)} ${windowOf(table)}`;
  const beat = table.order.by === 'rowid' ? ` OR ${quoteName(positionName(0))} % ${ROWS_BETWEEN_BEATS} = 0` : '';
  return `SELECT * FROM (SELECT *, (${condition.sql}) IS TRUE AS "${WANTED}" FROM (${window})) WHERE "${WANTED}"${beat}`;
}

/** The expressions that say where a row stands in its table's order. */
export function positionExpressions({ order }: TableShape): readonly string[] {
  if (order.by === 'rowid') return [order.alias];
  return order.by === 'primary-key' ? keyPosition(order.columns) : [];
}

/**
 * The range of a window, and its order, which SQLite keeps when it makes one query of the inner and the outer SELECT.
 * NOT INDEXED: an index on the source must not tempt the planner away from reading in row order.
 */
function windowOf({ name, order }: TableShape): string {
  if (order.by === 'rowid') return `NOT INDEXED WHERE ${order.alias} BETWEEN ? AND ? ORDER BY ${order.alias}`;
  if (order.by === 'nothing') return '';
  const key = keyColumns(name, order.columns);
  const bound = keyOfPosition(order.columns);
  return `WHERE (${key}) >= ${bound} AND (${key}) <= ${bound} ORDER BY ${key}`;
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
