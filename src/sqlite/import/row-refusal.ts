import type { ExchangeTable } from '../../model/exchange.ts';
import { refusalOf } from '../translate-error.ts';

/** That a table does not keep a row as it was given, though no error says so. */
export class NotKept extends Error {}

/** Why the table of a row does not take it, as a fault of that row; undefined of any other error. */
export function faultOfRefusal(table: ExchangeTable, error: unknown): string | undefined {
  if (error instanceof NotKept) return `${table} of the graph does not keep it`;
  const rule = refusalOf(error);
  return rule === undefined ? undefined : `${table} of the graph refuses it: ${rule}`;
}
