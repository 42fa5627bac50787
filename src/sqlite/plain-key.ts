import { ABSENT_PART } from '../model/key.ts';

/** A row with more bytes of text is copied by itself, or a window of such rows would last too long. */
const MOST_BYTES = 2_000;

/** Whether SQL can make the key of a row, and copy it along with others: short, and of one byte a character in the key. */
export function isPlainRow(keyCells: readonly string[], cells: readonly string[]): string {
  // A NUL would end the text for `length`, though not for us; it makes the two differ as well.
  const ascii = keyCells.map((cell) => `coalesce(octet_length(${cell}) = length(${cell}), TRUE)`);
  const bytes = cells.map((cell) => `coalesce(octet_length(${cell}), 0)`).join(' + ');
  return `(${[...ascii, `${bytes} <= ${MOST_BYTES}`].join(' AND ')})`;
}

/** The key of a plain row, as `joinKey` makes it. */
export function plainKey(prefix: string, keyCells: readonly string[]): string {
  const parts = keyCells.map((cell) => {
    const escaped = `replace(replace(${cell}, '%', '%25'), ':', '%3A')`;
    return `coalesce(nullif(${escaped}, ''), '${ABSENT_PART}')`;
  });
  return [`'${prefix}'`, ...parts].join(" || ':' || ");
}
