import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import {
  EXCHANGE_KEYS,
  type ExchangeTable,
  type ExchangeValue,
  isRecordTable,
  RECORD_COLUMNS,
} from '../model/exchange.ts';
import type { ExchangeLine } from '../model/exchange-file.ts';
import { csvRow } from './csv-row.ts';
import { LONGEST_ROW } from './exchange-limits.ts';
import { invalidFile } from './invalid-file.ts';
import { utf8Chunks } from './utf8-chunks.ts';

/** A row as the parser gives it: its cells, and its text as it stands in the file. */
interface RawRow {
  readonly record: readonly string[];
  readonly raw: string;
}

/** So much may be on its way to the parser. */
const SLACK = 4 * 1024 * 1024;

/** The rows of a table in a CSV file, of which the first line names the columns. */
export async function* csvLines(
  file: string,
  table: ExchangeTable,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<ExchangeLine, void> {
  let columns: readonly string[] | undefined;
  let line = 1;
  try {
    for await (const { record, raw } of rawRows(file, chunks, () => line)) {
      const { values, lines } = csvRow(record, raw);
      const isBlank = values.length === 1 && values[0] === null;
      if (columns === undefined) columns = requireColumns(file, table, values);
      else if (values.length === columns.length) yield { file, line, row: { table, columns, values } };
      else if (!isBlank) yield { file, line, fault: faultOf(values.length, columns.length) };
      line += lines;
    }
  } catch (error) {
    throw error instanceof CsvError ? invalidFile(file, whyOf(error, line), error) : error;
  }
  if (columns === undefined) throw invalidFile(file, 'it is empty, and has not even the names of columns');
}

const faultOf = (cells: number, columns: number): string => `it has ${cells} cells, and there are ${columns} columns`;

function rawRows(file: string, chunks: AsyncIterable<Uint8Array>, lineNow: () => number): AsyncIterable<RawRow> {
  let bytes = 0;
  const parser = parse({
    bom: true,
    raw: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    on_record: (row) => {
      bytes = 0;
      return row;
    },
  });
  /** A row that does not end would fill memory, be it with nothing but commas. */
  async function* bounded(): AsyncGenerator<Uint8Array, void> {
    for await (const chunk of utf8Chunks(file, chunks)) {
      bytes += chunk.length;
      if (bytes > LONGEST_ROW + SLACK) {
        throw invalidFile(file, `the row of line ${lineNow()} has more than ${LONGEST_ROW} characters`);
      }
      yield chunk;
    }
  }
  // What fails on the way is thrown where the rows are read.
  return pipeline(Readable.from(bounded()), parser, () => {});
}

function requireColumns(file: string, table: ExchangeTable, names: readonly ExchangeValue[]): readonly string[] {
  const columns = names.map((name) => (typeof name === 'string' ? name : ''));
  if (columns.includes('')) throw invalidFile(file, 'one of its columns has no name');
  if (new Set(columns).size < columns.length) throw invalidFile(file, 'two of its columns have the same name');
  const key = EXCHANGE_KEYS[table];
  if (!columns.includes(key)) throw invalidFile(file, `it has no column ${key}`);
  const known: readonly string[] = isRecordTable(table) ? RECORD_COLUMNS[table] : columns;
  const strange = columns.find((column) => !known.includes(column));
  if (strange !== undefined) throw invalidFile(file, `${table} has no column '${strange}'`);
  return columns;
}

function whyOf({ code }: CsvError, line: number): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return `a quote that is opened in the row of line ${line} is never closed`;
    default:
      return `the row of line ${line} has quotes where none can be`;
  }
}
