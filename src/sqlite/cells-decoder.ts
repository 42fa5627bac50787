import type { Columns, RowOf } from '../model/extractor.ts';
import { decodeCell } from './cell.ts';
import type { RawRow, RowDecoder } from './window.ts';

/** Makes rows of raw rows whose cells come after so many parts of a position. */
export class CellsDecoder implements RowDecoder<RowOf<Columns>> {
  characters = 0;
  readonly #columns;

  constructor(columns: Columns, positionParts: number) {
    this.#columns = Object.entries(columns).map(([name, kind], i) => ({ name, kind, at: positionParts + i }));
  }

  decode(raw: RawRow): RowOf<Columns> {
    const row: Record<string, number | bigint | string | null> = {};
    for (const { name, kind, at } of this.#columns) {
      const cell = raw[at];
      const value = typeof cell === 'number' ? cell : decodeCell(kind, cell);
      if (typeof value === 'string') this.characters += value.length;
      row[name] = value;
    }
    return row;
  }
}
