import { ExchangeBytes, type ExchangeRow, type ExchangeValue } from '../model/exchange.ts';
import type { Redactor } from '../model/redaction.ts';
import { cleanId } from './clean-id.ts';

/** Columns that hold ids or keys, and those that hold JSON. All others hold texts. */
const IDS: ReadonlySet<string> = new Set(['id', 'from_node', 'to_node', 'key']);
const JSON_COLUMNS: ReadonlySet<string> = new Set([
  ...['properties', 'state', 'days', 'condition', 'unfinished', 'landmarks', 'counts', 'earlier'],
]);

/** A row without its secrets; ids that are the same stay so. */
export function cleanExchangeRow(row: ExchangeRow, redactor: Redactor): ExchangeRow {
  const values = row.values.map((value, at) => cleanValue(row.columns[at] ?? '', value, redactor));
  return values.every((value, at) => value === row.values[at]) ? row : { ...row, values };
}

function cleanValue(column: string, value: ExchangeValue, redactor: Redactor): ExchangeValue {
  if (typeof value === 'string') return cleanText(column, value, redactor);
  if (!(value instanceof ExchangeBytes)) return value;
  const text = Buffer.from(value.bytes).toString();
  const clean = redactor.clean(text);
  return clean === text ? value : clean;
}

function cleanText(column: string, text: string, redactor: Redactor): string {
  if (IDS.has(column)) return cleanId(text, redactor);
  // A source id is an id without its beginning.
  if (column === 'source_id') return cleanId(`:${text}`, redactor).slice(1);
  return JSON_COLUMNS.has(column) ? redactor.cleanJson(text) : redactor.clean(text);
}
