import {
  EXCHANGE_TABLES,
  ExchangeBytes,
  type ExchangeRow,
  type ExchangeValue,
  isRecordTable,
  RECORD_COLUMNS,
} from '../model/exchange.ts';
import type { ExchangeLine } from '../model/exchange-file.ts';
import { exactInteger } from './exact-integer.ts';
import { MOST_COLUMNS } from './exchange-limits.ts';
import { textLines } from './text-lines.ts';

/** The rows in lines of JSON. */
export async function* ndjsonLines(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<ExchangeLine, void> {
  let line = 0;
  for await (const text of textLines(file, chunks)) {
    line++;
    if (text.trim() === '') continue;
    const row = rowOf(text);
    yield typeof row === 'string' ? { file, line, fault: row } : { file, line, row };
  }
}

/** A row, or why there is none. */
function rowOf(text: string): ExchangeRow | string {
  const object = objectOf(parse(text));
  if (object === undefined) return 'it is no JSON object';
  const table = EXCHANGE_TABLES.find((name) => name === object['table']);
  if (table === undefined) return `it names no table that a graph has: ${EXCHANGE_TABLES.join(', ')}`;
  const row = objectOf(object['row']);
  if (row === undefined) return 'its row is no JSON object';
  const columns = Object.keys(row);
  if (columns.length > MOST_COLUMNS) return `its row has more than ${MOST_COLUMNS} members`;
  const known: readonly string[] = isRecordTable(table) ? RECORD_COLUMNS[table] : columns;
  const strange = columns.find((column) => !known.includes(column));
  if (strange !== undefined) return `${table} has no column '${strange}'`;
  const values: ExchangeValue[] = [];
  for (const column of columns) {
    const value = valueFrom(row[column]);
    if (value === undefined) return `its ${column} is no value that a column can have`;
    values.push(value);
  }
  return { table, columns, values };
}

/** Undefined for what no column can have. A number that has lost digits is none that was meant, nor is half a character. */
function valueFrom(given: unknown): ExchangeValue | undefined {
  if (given === null) return given;
  if (typeof given === 'string') return given.isWellFormed() ? given : undefined;
  if (typeof given === 'number') {
    if (!Number.isInteger(given)) return Number.isFinite(given) ? given : undefined;
    return Number.isSafeInteger(given) ? BigInt(given) : undefined;
  }
  const [entry, ...more] = Object.entries(objectOf(given) ?? {});
  const [kind, text] = entry ?? [];
  if (typeof text !== 'string' || more.length > 0) return undefined;
  switch (kind) {
    case 'integer':
      return /^-?\d{1,19}$/.test(text) ? exactInteger(text) : undefined;
    case 'real':
      return /^-?(\d+(\.\d+)?(e[+-]?\d+)?|Infinity)$/.test(text) ? Number(text) : undefined;
    case 'blob':
      return bytesOf('blob', text);
    case 'text_bytes':
      return bytesOf('text', text);
    default:
      return undefined;
  }
}

function bytesOf(kind: 'blob' | 'text', hex: string): ExchangeBytes | undefined {
  return /^([0-9a-fA-F]{2})*$/.test(hex) ? new ExchangeBytes(kind, Buffer.from(hex, 'hex')) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return isObject(value) ? value : undefined;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
