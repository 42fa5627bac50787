import type { ColumnKind, Columns, RowOf } from '../../model/extractor.ts';
import type { WindowReader } from '../../model/source.ts';
import { translating } from '../translate-error.ts';
import { decodeCell } from '../windows/cell.ts';
import { cellName } from '../windows/window-query.ts';
import { STAGING } from './staging.ts';

type Row = RowOf<Columns>;

/** So many rows, or characters of them, are handed out together; few, so that they die young. */
const ROWS_AT_ONCE = 500;
const CHARACTERS_AT_ONCE = 4_000_000;

/** The JSON object of a row, of kept cells; SQLite writes doubles with too few digits, so they go as text. */
export function sortedRowJson(columns: Columns): string {
  const members = Object.entries(columns).map(([name, kind], at) => {
    const cell = cellName(at);
    const value =
      kind === 'text' ? `nullif(${cell}, '')` : `iif(typeof(${cell}) = 'real', format('r%!.17g', ${cell}), ${cell})`;
    return `'${name.replaceAll("'", "''")}', ${value}`;
  });
  return `json_object(${members.join(', ')})`;
}

/**
 * Hands out rows that come as JSON objects of encoded cells, which are parsed many at a time: that costs half of what
 * single cells do. No source is read meanwhile, so time does not matter.
 */
export class SortedWindows implements WindowReader {
  readonly progress = 0;
  readonly position = undefined;
  readonly #texts: Iterator<string>;
  readonly #tagged: readonly (readonly [name: string, kind: ColumnKind])[];
  #isOver = false;

  constructor(texts: Iterator<string>, columns: Columns) {
    this.#texts = texts;
    this.#tagged = Object.entries(columns).filter(([, kind]) => kind !== 'text');
  }

  readWindow(visit: (rows: Iterable<Row>) => void): boolean {
    if (this.#isOver) return false;
    visit(this.#nextRows());
    return true;
  }

  #nextRows(): readonly Row[] {
    const texts: string[] = [];
    for (let characters = 0; texts.length < ROWS_AT_ONCE && characters < CHARACTERS_AT_ONCE; ) {
      const { done, value } = translating(STAGING, () => this.#texts.next());
      if (done) {
        this.#isOver = true;
        break;
      }
      texts.push(value);
      characters += value.length;
    }
    const rows: Record<string, string | number | bigint | null>[] = JSON.parse(`[${texts.join(',')}]`);
    for (const row of rows) {
      for (const [name, kind] of this.#tagged)
        if (typeof row[name] === 'string') row[name] = decodeCell(kind, row[name]);
    }
    return rows;
  }
}
