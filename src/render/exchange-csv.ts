import { ExchangeBytes, type ExchangeRow, type ExchangeValue, realText } from '../model/exchange.ts';

const LINE_END = '\r\n';

/**
 * Rows as CSV (RFC 4180) from which each value can be read as it was: a text is always in quotes, so NULL, which is nothing at
 * all, differs from empty text, and digits from a number. What a spreadsheet would take for a formula stays as it is, as an
 * apostrophe before it would be another value.
 */
export function* exchangeCsv(columns: readonly string[], rows: Iterable<ExchangeRow>): Generator<string, void> {
  yield columns.map(quoted).join(',') + LINE_END;
  for (const { values } of rows) yield values.map(cellOf).join(',') + LINE_END;
}

function cellOf(value: ExchangeValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return quoted(value);
  if (value instanceof ExchangeBytes) return `${value.kind === 'blob' ? 'x' : 't'}'${value.hex}'`;
  return typeof value === 'bigint' ? String(value) : realText(value);
}

const quoted = (text: string): string => `"${text.includes('"') ? text.replaceAll('"', '""') : text}"`;
