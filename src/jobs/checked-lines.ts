import { cleanExchangeRow } from '../engine/clean-exchange-row.ts';
import { throwIfInterrupted } from '../engine/interrupt.ts';
import { faultOfRow } from '../graph/check-exchange-row.ts';
import { EXCHANGE_KEYS, type ExchangeRow, valueIn } from '../model/exchange.ts';
import type { ExchangeFile, ExchangeLine } from '../model/exchange-file.ts';
import type { Redactor } from '../model/redaction.ts';

/** The lines of a file, each row checked as far as it can be from itself alone, and without its secrets. */
export async function* checkedLines(
  file: ExchangeFile,
  redactor: Redactor,
  signal: AbortSignal,
): AsyncGenerator<ExchangeLine, void> {
  for await (const line of file.lines()) {
    throwIfInterrupted(signal);
    if (line.fault !== undefined) {
      yield { ...line, fault: redactor.clean(line.fault) };
      continue;
    }
    const { file: name, line: number, row } = line;
    const clean = cleanExchangeRow(row, redactor);
    const fault = faultOfRow(clean) ?? faultOfKey(row, clean);
    yield fault === undefined ? { file: name, line: number, row: clean } : { file: name, line: number, fault };
  }
}

/** Without its secret an id would be that of other rows, too. */
function faultOfKey(row: ExchangeRow, clean: ExchangeRow): string | undefined {
  const key = EXCHANGE_KEYS[row.table];
  return valueIn(row, key) === valueIn(clean, key) ? undefined : `its ${key} has a secret in it`;
}
