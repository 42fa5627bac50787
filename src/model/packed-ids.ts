import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { AuditError } from './errors.ts';

/** Speed matters, and ids that follow each other are alike: the lowest level makes a twentieth of them. */
const LEVEL = 1;
/** More than a transaction's ids ever have; what inflates beyond it is not ours. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Many ids as one value: a JSON list, deflated. */
export const packIds = (ids: readonly string[]): Buffer => deflateRawSync(JSON.stringify(ids), { level: LEVEL });

/** Ids that were packed. Throws where others have written what is no list of ids. */
export function unpackIds(packed: NodeJS.ArrayBufferView): readonly string[] {
  try {
    const ids: unknown = JSON.parse(inflateRawSync(packed, { maxOutputLength: MOST_BYTES }).toString());
    if (Array.isArray(ids) && ids.every((id) => typeof id === 'string')) return ids;
  } catch {
    // Told below, whatever it was.
  }
  const hint = 'the log was written by another program; bring back a backup of it';
  throw new AuditError('target-corrupt', 'the log of changes has a list of ids that cannot be read', hint);
}
