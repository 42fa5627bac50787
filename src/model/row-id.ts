import { compareUtf8 } from './text.ts';

/**
 * A row's id in a form that JSON carries: a number where it is a safe integer, else `i<digits>` for a larger integer,
 * `t<text>` for an id that is no integer, `` for none. Ordered as SQLite orders ids: none, integers, texts.
 */
export type RowId = number | string;

/** The form of an id as it is read; null for a row that has none. */
export function toRowId(id: number | bigint | string | null): RowId {
  if (id === null) return '';
  if (typeof id === 'number') return id;
  if (typeof id === 'string') return `t${id}`;
  const small = Number(id);
  return Number.isSafeInteger(small) ? small : `i${id}`;
}

/** Negative when `a` comes first. */
export function compareRowIds(a: RowId, b: RowId): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const ranks = rank(a) - rank(b);
  if (ranks !== 0) return ranks;
  if (rank(a) !== 1) return compareUtf8(String(a), String(b));
  const [x, y] = [toInteger(a), toInteger(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function rank(id: RowId): number {
  if (id === '') return 0;
  return typeof id === 'number' || id.startsWith('i') ? 1 : 2;
}

function toInteger(id: RowId): bigint {
  return BigInt(typeof id === 'number' ? id : id.slice(1));
}
