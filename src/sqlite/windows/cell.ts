import type { ColumnKind } from '../../model/extractor.ts';
import type { Redactor } from '../../model/redaction.ts';

/**
 * How a value of a kind leaves SQLite. The driver reads integers as doubles, which is fast and loses digits beyond 2^53,
 * so those come as text: `i` and the digits; a double that goes through JSON as `r` and its digits. Where a value may be text itself, `t` goes before it. Empty text is left
 * to `decodeCell`, which finds it at less cost.
 */
export function encodeCell(kind: ColumnKind, value: string): string {
  const text = `CAST(${value} AS TEXT)`;
  const finite = `CASE WHEN abs(${value}) < 9e999 THEN ${value} ELSE ${kind === 'value' ? `'t' || ${text}` : 'NULL'} END`;
  switch (kind) {
    case 'text':
      return text;
    case 'id':
      return `CASE typeof(${value}) WHEN 'integer' THEN ${encodeInteger(value)} ELSE 't' || ${text} END`;
    case 'number':
      return `CASE typeof(${value}) WHEN 'integer' THEN ${encodeInteger(value)} WHEN 'real' THEN ${finite} END`;
    case 'value':
      return `CASE typeof(${value}) WHEN 'integer' THEN ${encodeInteger(value)} WHEN 'real' THEN ${finite}
        ELSE 't' || ${text} END`;
  }
}

/** The same for an integer, such as a row id. */
export function encodeInteger(integer: string): string {
  const isExact = `${integer} BETWEEN ${Number.MIN_SAFE_INTEGER} AND ${Number.MAX_SAFE_INTEGER}`;
  return `CASE WHEN ${isExact} THEN ${integer} ELSE 'i' || ${integer} END`;
}

/** A value as it was in SQLite; empty text is null. */
export function decodeCell(kind: ColumnKind, cell: unknown): number | bigint | string | null {
  if (typeof cell === 'string') return kind === 'text' ? cell || null : decodeTagged(cell);
  if (typeof cell === 'bigint') return exactInteger(cell);
  return typeof cell === 'number' ? cell : null;
}

/** A value on its way, without its secrets. */
export function redactCell<Cell>(kind: ColumnKind, cell: Cell, redactor: Redactor): Cell | string {
  if (typeof cell !== 'string') return cell;
  if (kind === 'text') return redactor.redact(cell);
  return cell.startsWith('t') ? `t${redactor.redact(cell.slice(1))}` : cell;
}

function decodeTagged(cell: string): number | bigint | string | null {
  const rest = cell.slice(1);
  if (cell.startsWith('i')) return BigInt(rest);
  return cell.startsWith('r') ? Number(rest) : rest || null;
}

/** A row id as it was in SQLite. */
export function decodeRowid(cell: unknown): bigint {
  return typeof cell === 'number' ? BigInt(cell) : BigInt(String(cell).replace('i', ''));
}

function exactInteger(integer: bigint): number | bigint {
  const small = Number(integer);
  return Number.isSafeInteger(small) ? small : integer;
}
