import { AuditError } from '../model/errors.ts';
import type { Records } from '../model/graph-store.ts';

/** How many records of a type are to be made, and how many there may be then; undefined for any number. */
export interface WantedRoom {
  readonly what: 'node' | 'edge';
  readonly type: string;
  readonly wanted: number;
  readonly maxRecords: number | undefined;
}

/** Makes sure that there is room for so many more of a type. */
export async function requireRoom(
  records: Pick<Records<unknown, unknown>, 'count'>,
  { what, type, wanted, maxRecords }: WantedRoom,
): Promise<void> {
  if (maxRecords === undefined || (await records.count(type, maxRecords + 1)) + wanted <= maxRecords) return;
  const message = `there would be more ${what}s of type ${type} than ${maxRecords}`;
  throw new AuditError('record-limit', message, `no more are made over HTTP; whoever serves may raise --max-records`);
}
