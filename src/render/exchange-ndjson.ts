import { ExchangeBytes, type ExchangeRow, type ExchangeValue, realText } from '../model/exchange.ts';
import { visibleJson } from './visible.ts';

/** A row as a line of JSON from which each value can be read as it was. */
export function exchangeLine({ table, columns, values }: ExchangeRow): string {
  const members = columns.map((column, at) => `${JSON.stringify(column)}:${memberOf(values[at] ?? null)}`);
  return `${visibleJson(`{"table":"${table}","row":{${members.join(',')}}}`)}\n`;
}

/** What JSON has no form for that every reader keeps stands in an object that says what it is. */
function memberOf(value: ExchangeValue): string {
  if (value === null || typeof value === 'string') return JSON.stringify(value);
  if (value instanceof ExchangeBytes) {
    return `{"${value.kind === 'blob' ? 'blob' : 'text_bytes'}":"${value.hex}"}`;
  }
  if (typeof value === 'bigint') return isExact(value) ? String(value) : `{"integer":"${value}"}`;
  return Number.isInteger(value) || !Number.isFinite(value) ? `{"real":"${realText(value)}"}` : String(value);
}

const isExact = (integer: bigint): boolean =>
  integer >= BigInt(Number.MIN_SAFE_INTEGER) && integer <= BigInt(Number.MAX_SAFE_INTEGER);
