import { ABSENT_PART } from '../model/key.ts';

/** A row with more bytes of text is copied by itself, or a window of such rows would last too long. */
const MOST_BYTES = 2_000;

/**
 * Whether SQL can make the key of a row, and copy it along with others: short, and ASCII in the key. Bytes that are no
 * UTF-8 read as another character than the one by which SQLite would sort them.
 */
export function isPlainRow(keyCells: readonly string[], cells: readonly string[]): string {
  const key = `concat(${keyCells.join(', ')})`;
  const bytes = cells.map((cell) => `coalesce(octet_length(${cell}), 0)`).join(' + ');
  // A NUL would end the text for GLOB, though not for us; it makes the lengths differ.
  const isAscii = `${key} NOT GLOB '*[^' || char(1) || '-' || char(127) || ']*' AND octet_length(${key}) = length(${key})`;
  return `(${isAscii} AND ${bytes} <= ${MOST_BYTES})`;
}

/** The key of a plain row, as `joinKey` makes it. */
export function plainKey(prefix: string, keyCells: readonly string[]): string {
  const parts = keyCells.map((cell) => {
    const escaped = `replace(replace(${cell}, '%', '%25'), ':', '%3A')`;
    return `coalesce(nullif(${escaped}, ''), '${ABSENT_PART}')`;
  });
  return [`'${prefix}'`, ...parts].join(" || ':' || ");
}
