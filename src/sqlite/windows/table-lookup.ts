import type { Columns, Lookup } from '../../model/extractor.ts';
import { quoteName } from '../quote.ts';
import type { TableShape } from '../table-shape.ts';
import { encodeCell } from './cell.ts';

/** What is looked up beside each row, and the table as it stands, if it does. */
export interface TableLookup extends Lookup {
  readonly found: TableShape | undefined;
}

/** The columns of a reading, in the order of its cells. */
export function withLookup(columns: Columns, lookup: TableLookup | undefined): Columns {
  return { ...columns, ...lookup?.columns };
}

/**
 * The cells of a lookup, encoded, given what has the other table's id. Each is a search of its own, which gives one row at
 * the most, so that no row of the reading is lost or doubled. The plus takes the affinity of the key away: then it is the
 * id's that decides how the two compare, and its index serves.
 */
export function lookupCells({ found, columns }: TableLookup, key: string): readonly string[] {
  return Object.entries(columns).map(([name, kind]) => {
    const column = found?.column(name);
    if (found?.idCollation === undefined || column === undefined) return 'NULL';
    const cell = encodeCell(kind, `looked_up.${quoteName(column.name)}`);
    return `(SELECT ${cell} FROM ${quoteName(found.name)} AS looked_up
      WHERE looked_up.id COLLATE ${found.idCollation} = +${key})`;
  });
}
