import type { ExchangeValue } from '../model/exchange.ts';
import { csvValue } from './csv-value.ts';

/** The values of a row, and how many lines it takes. */
export interface CsvRow {
  readonly values: readonly ExchangeValue[];
  readonly lines: number;
}

/** A line end within a text; the last one ends the row. */
const LINE_ENDS = /\r\n|\n|\r/g;

/**
 * The values of a row that was parsed: `raw`, the row as it stands in the file, tells which cells are in quotes. That the
 * parser tells it for each cell takes five times as long.
 */
export function csvRow(cells: readonly string[], raw: string): CsvRow {
  const values: ExchangeValue[] = [];
  let at = 0;
  for (const cell of cells) {
    const isQuoted = raw[at] === '"';
    values.push(csvValue(cell, isQuoted));
    at += isQuoted ? cell.length + quotesIn(cell) + 2 : cell.length;
    at++;
  }
  const ends = raw.includes('\n') || raw.includes('\r') ? (raw.slice(0, at - 1).match(LINE_ENDS)?.length ?? 0) : 0;
  return { values, lines: ends + 1 };
}

function quotesIn(text: string): number {
  let quotes = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes++;
  return quotes;
}
