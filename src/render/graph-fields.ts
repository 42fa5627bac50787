import { EXCHANGE_KEYS, type ExchangeRow, shownValue, valueIn } from '../model/exchange.ts';

/** What a row of a graph says as texts, its columns that have nothing left out; the key is first. */
export function fieldsOf(row: ExchangeRow): ReadonlyMap<string, string> {
  const key = EXCHANGE_KEYS[row.table];
  const fields = new Map([[key, shownValue(valueIn(row, key)) ?? '']]);
  for (const [at, column] of row.columns.entries()) {
    const text = shownValue(row.values[at]);
    if (text !== null) fields.set(column, text);
  }
  return fields;
}
