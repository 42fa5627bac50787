import { ExchangeBytes, type ExchangeValue, realText } from '../model/exchange.ts';
import { exactInteger } from './exact-integer.ts';

const BYTES = /^([xt])'((?:[0-9a-fA-F]{2})*)'$/;
const INTEGER = /^(?:0|-?[1-9]\d{0,18})$/;

/**
 * The value of a cell. In quotes it is a text; without them nothing at all is NULL, and what is no bytes and not a number as
 * an export writes it is a text, as spreadsheets write it: `007` and `12e34` are names, and would be others as numbers.
 */
export function csvValue(cell: string, isQuoted: boolean): ExchangeValue {
  if (isQuoted) return cell;
  if (cell === '') return null;
  const [, kind, hex] = BYTES.exec(cell) ?? [];
  if (hex !== undefined) return new ExchangeBytes(kind === 'x' ? 'blob' : 'text', Buffer.from(hex, 'hex'));
  const integer = INTEGER.test(cell) ? exactInteger(cell) : undefined;
  if (integer !== undefined) return integer;
  const real = Number(cell);
  return realText(real) === cell && !Number.isNaN(real) ? real : cell;
}
