import type { ColumnKind, Columns } from '../../model/extractor.ts';
import { ABSENT_PART, joinKey } from '../../model/key.ts';
import type { Redactor } from '../../model/redaction.ts';
import type { KeyColumns } from '../../model/source.ts';
import { decodeCell, redactCell } from '../windows/cell.ts';
import type { RawRow, RowDecoder } from '../windows/window.ts';

/** Leaves raw rows encoded as they are, but for their secrets. The cells come after a position of one part. */
export class EncodedDecoder implements RowDecoder<RawRow> {
  characters = 0;
  readonly #kinds: readonly ColumnKind[];
  readonly #redactor: Redactor;

  constructor(columns: Columns, redactor: Redactor) {
    this.#kinds = Object.values(columns);
    this.#redactor = redactor;
  }

  decode([position = null, ...cells]: RawRow): RawRow {
    for (const cell of cells) if (typeof cell === 'string') this.characters += cell.length;
    return [position, ...cells.map((cell, at) => redactCell(this.#kinds[at] ?? 'text', cell, this.#redactor))];
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
