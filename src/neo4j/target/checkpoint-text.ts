import type { Checkpoint } from '../../model/checkpoint.ts';
import { AuditError } from '../../model/errors.ts';

/** JSON has no integers of 64 bits, so row ids go as `{"bigint":"..."}`. */
export function writeCheckpoint(checkpoint: Checkpoint): string {
  return JSON.stringify(checkpoint, (_, value: unknown) =>
    typeof value === 'bigint' ? { bigint: String(value) } : value,
  );
}

/** JSON leaves out what is undefined, and those who compare checkpoints do not. */
const LACKING = {
  condition: undefined,
  foldedTo: undefined,
  unfinished: undefined,
  firstRow: undefined,
  content: undefined,
} as const satisfies Partial<Checkpoint>;

/** Reads what `writeCheckpoint` wrote. Throws `record-altered` on anything else. */
export function readCheckpoint(extractor: string, json: string): Checkpoint {
  try {
    const checkpoint: Checkpoint = JSON.parse(json, (_, value: unknown) =>
      isBigint(value) ? BigInt(value.bigint) : value,
    );
    return { ...LACKING, ...checkpoint };
  } catch (error) {
    const message = `the checkpoint of ${extractor} cannot be read: somebody else has changed it`;
    const hint = 'remove its AuditCheckpoint node, and the next run derives everything anew';
    throw new AuditError('record-altered', message, hint, error);
  }
}

function isBigint(value: unknown): value is { readonly bigint: string } {
  return typeof value === 'object' && value !== null && 'bigint' in value && typeof value.bigint === 'string';
}
