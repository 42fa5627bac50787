import type { Columns, RowOf } from '../../model/extractor.ts';
import type { Redactor } from '../../model/redaction.ts';
import { decodeCell } from './cell.ts';
import type { RawRow, RowDecoder } from './window.ts';

/** Makes rows of raw rows whose cells come after so many parts of a position. Secrets end here. */
export class CellsDecoder implements RowDecoder<RowOf<Columns>> {
  characters = 0;
  readonly #columns;
  readonly #redactor: Redactor;

  constructor(columns: Columns, positionParts: number, redactor: Redactor) {
    this.#columns = Object.entries(columns).map(([name, kind], i) => ({ name, kind, at: positionParts + i }));
    this.#redactor = redactor;
  }

  decode(raw: RawRow): RowOf<Columns> {
    const row: Record<string, number | bigint | string | null> = {};
    for (const { name, kind, at } of this.#columns) {
      const cell = raw[at];
      const value = typeof cell === 'number' ? cell : decodeCell(kind, cell);
      row[name] = typeof value === 'string' ? this.#take(value) : value;
    }
    return row;
  }

  #take(text: string): string {
    this.characters += text.length;
    return this.#redactor.redact(text);
  }
}
