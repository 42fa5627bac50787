import type { RowOf } from '../../model/extractor.ts';
import type { Redactor } from '../../model/redaction.ts';
import type { PACKED } from '../../model/source.ts';
import type { RawRow, RowDecoder } from './window.ts';

/** Makes rows of raw rows whose columns come as one JSON text, which is to be digested: without secrets, as all is. */
export class PackedDecoder implements RowDecoder<RowOf<typeof PACKED>> {
  characters = 0;
  readonly #at: number;
  readonly #redactor: Redactor;

  constructor(positionParts: number, redactor: Redactor) {
    this.#at = positionParts;
    this.#redactor = redactor;
  }

  decode(raw: RawRow): RowOf<typeof PACKED> {
    const packed = String(raw[this.#at]);
    this.characters += packed.length;
    return { packed: this.#redactor.cleanJson(packed) };
  }
}
