import { ABSENT_PART, joinKey } from '../model/key.ts';
import type { KeyColumns } from '../model/source.ts';
import { decodeCell } from './cell.ts';
import type { RawRow, RowDecoder } from './window.ts';

/** Leaves raw rows as they are. */
export class CharacterCounter implements RowDecoder<RawRow> {
  characters = 0;

  decode(raw: RawRow): RawRow {
    for (const cell of raw) if (typeof cell === 'string') this.characters += cell.length;
    return raw;
  }
}

/** Gives the key of a row's cells, whatever they hold. */
export function keyReader({ prefix, columns }: KeyColumns, names: readonly string[]): (cells: RawRow) => string {
  const places = columns.map((column) => names.indexOf(column));
  return (cells) => {
    const parts = places.map((at) => String(decodeCell('text', cells[at]) ?? ABSENT_PART));
    return joinKey(prefix, parts).toWellFormed();
  };
}
