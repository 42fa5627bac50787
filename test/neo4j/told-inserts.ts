import { unpackIds } from '../../src/model/packed-ids.ts';

/** A node of the log, as the driver gives it. */
interface ChangeNode {
  readonly record: string;
  readonly records: Int8Array | null;
}

/** Asks a server by a statement. */
type Ask = <Row extends object>(cypher: string) => Promise<readonly Row[]>;

/** The ids of all records that the log says were made, as often as it says so. */
export async function toldInserts(ask: Ask): Promise<readonly string[]> {
  const rows = await ask<ChangeNode>(
    "MATCH (c:AuditChange {operation: 'insert'}) RETURN c.record AS record, c.records AS records",
  );
  return rows.flatMap(({ record, records }) => (records === null ? [record] : unpackIds(records)));
}
