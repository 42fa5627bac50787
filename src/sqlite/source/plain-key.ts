import { ABSENT_PART } from '../../model/key.ts';
import type { Redactor } from '../../model/redaction.ts';

/** A row with more characters of text is copied by itself, or a window of such rows would last too long. */
const MOST_CHARACTERS = 2_000;
/** A NUL would end a text for SQL, though not for us. */
const ASCII = /^[\x01-\x7f]*$/;

/**
 * Whether SQL can make the key of a row, and copy it along with others, given the cells of its key, so many, and its other
 * cells: short, ASCII in the key, and without secrets. Bytes that are no UTF-8 read as another character than the one by
 * which SQLite would sort them.
 */
export function isPlainRow(cells: readonly unknown[], keyCells: number, redactor: Redactor): boolean {
  let characters = 0;
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at];
    if (typeof cell !== 'string') continue;
    characters += cell.length;
    if (characters > MOST_CHARACTERS || (at < keyCells && !ASCII.test(cell)) || redactor.mayHold(cell)) return false;
  }
  return true;
}

/** The key of a plain row, as `joinKey` makes it. */
export function plainKey(prefix: string, keyCells: readonly string[]): string {
  const parts = keyCells.map((cell) => {
    const escaped = `replace(replace(${cell}, '%', '%25'), ':', '%3A')`;
    return `coalesce(nullif(${escaped}, ''), '${ABSENT_PART}')`;
  });
  return [`'${prefix}'`, ...parts].join(" || ':' || ");
}
