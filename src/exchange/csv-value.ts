import { ExchangeBytes, type ExchangeValue } from '../model/exchange.ts';
import { exactInteger } from './exact-integer.ts';

const BYTES = /^([xt])'((?:[0-9a-fA-F]{2})*)'$/;
const INTEGER = /^-?\d{1,19}$/;
const REAL = /^(?:-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|-?Infinity)$/;

/**
 * The value of a cell. In quotes it is a text; without them nothing at all is NULL, and what is no number and no bytes is a
 * text, as spreadsheets write it.
 */
export function csvValue(cell: string, isQuoted: boolean): ExchangeValue {
  if (isQuoted) return cell;
  if (cell === '') return null;
  const [, kind, hex] = BYTES.exec(cell) ?? [];
  if (hex !== undefined) return new ExchangeBytes(kind === 'x' ? 'blob' : 'text', Buffer.from(hex, 'hex'));
  const integer = INTEGER.test(cell) ? exactInteger(cell) : undefined;
  if (integer !== undefined) return integer;
  return REAL.test(cell) ? Number(cell) : cell;
}
