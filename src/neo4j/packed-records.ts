import { packIds } from '../model/packed-ids.ts';
import { compareUtf8 } from '../model/text.ts';

/** Many records as the log keeps them: all their ids, packed, and the least and the greatest, which spare a look at most lists. */
export interface PackedRecords {
  readonly record: string;
  readonly last: string;
  readonly records: Int8Array;
}

/** Packs ids of records, of which there is one at the least. */
export function packRecords(ids: readonly string[]): PackedRecords {
  // The driver takes bytes as these alone; they are the same ones, and no copy.
  const { buffer, byteOffset, byteLength } = packIds(ids);
  return {
    record: ids.reduce((least, id) => (compareUtf8(id, least) < 0 ? id : least)),
    last: ids.reduce((most, id) => (compareUtf8(id, most) > 0 ? id : most)),
    records: new Int8Array(buffer, byteOffset, byteLength),
  };
}
