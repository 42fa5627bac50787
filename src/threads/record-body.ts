import { createHash } from 'node:crypto';
import type { AnswerRow } from '../render/answer.ts';
import { rowJson } from '../render/kept-record.ts';

/** A record as it goes over the wire, and what tells this version of it from all others. */
export interface RecordBody {
  readonly json: string;
  readonly version: string;
}

/** A record's body. The version is a hash of all that it says, its times of writing included. */
export function recordBody(row: AnswerRow): RecordBody {
  const json = rowJson(row);
  return { json, version: createHash('sha256').update(json).digest('base64url') };
}
