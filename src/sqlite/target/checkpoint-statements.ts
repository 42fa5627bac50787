import type { Database } from 'better-sqlite3';
import type { Checkpoint, CheckpointCounts, EarlierReading, Unfinished } from '../../model/checkpoint.ts';
import { AuditError } from '../../model/errors.ts';
import type { Condition } from '../../model/extractor.ts';
import type { Landmarks } from '../../model/landmark.ts';

/** Reads and writes checkpoints. */
export interface CheckpointStatements {
  find(extractor: string): Checkpoint | undefined;
  all(): readonly Checkpoint[];
  save(checkpoint: Checkpoint): void;
}

interface Row {
  readonly extractor: string;
  readonly source_table: string;
  readonly digest: string;
  readonly rules: string;
  readonly condition: string | null;
  readonly folded_to: bigint | null;
  readonly unfinished: string | null;
  readonly landmarks: string;
  readonly first_row: bigint | null;
  readonly counts: string;
  readonly earlier: string;
  readonly content: string | null;
}

/** Prepares them. The tables must be there. */
export function prepareCheckpointStatements(db: Database): CheckpointStatements {
  const select = 'SELECT * FROM audit_checkpoints';
  const find = db.prepare<[string], Row>(`${select} WHERE extractor = ?`).safeIntegers();
  const all = db.prepare<[], Row>(`${select} ORDER BY extractor`).safeIntegers();
  const save = db.prepare(
    `INSERT OR REPLACE INTO audit_checkpoints(
       extractor, source_table, digest, rules, condition, folded_to, unfinished, landmarks, first_row, counts,
       earlier, content
     ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return {
    find: (extractor) => {
      const row = find.get(extractor);
      return row && toCheckpoint(row);
    },
    all: () => all.all().map(toCheckpoint),
    save: (checkpoint) =>
      void save.run(
        checkpoint.extractor,
        checkpoint.table,
        checkpoint.digest,
        checkpoint.rules,
        checkpoint.condition ? JSON.stringify(checkpoint.condition) : null,
        checkpoint.foldedTo ?? null,
        checkpoint.unfinished ? writeUnfinished(checkpoint.unfinished) : null,
        writeLandmarks(checkpoint.landmarks),
        checkpoint.firstRow ?? null,
        JSON.stringify(checkpoint.counts),
        writeEarlier(checkpoint.earlier),
        checkpoint.content ?? null,
      ),
  };
}

function toCheckpoint(row: Row): Checkpoint {
  try {
    return parseCheckpoint(row);
  } catch (error) {
    const message = `the checkpoint of ${row.extractor} cannot be read: somebody else has changed it`;
    const hint = `remove its row of audit_checkpoints, and the next run derives everything anew; or restore a backup`;
    throw new AuditError('record-altered', message, hint, error);
  }
}

function parseCheckpoint(row: Row): Checkpoint {
  const counts: CheckpointCounts = JSON.parse(row.counts);
  return {
    extractor: row.extractor,
    table: row.source_table,
    digest: row.digest,
    rules: row.rules,
    condition: row.condition === null ? undefined : readCondition(row.condition),
    foldedTo: row.folded_to ?? undefined,
    unfinished: row.unfinished === null ? undefined : readUnfinished(row.unfinished),
    landmarks: readLandmarks(row.landmarks),
    firstRow: row.first_row ?? undefined,
    counts,
    earlier: readEarlier(row.earlier),
    content: row.content ?? undefined,
  };
}

function readCondition(json: string): Condition {
  const condition: Condition = JSON.parse(json);
  return condition;
}

/** JSON has no 64-bit integers, so a row id goes as text. */
function writeUnfinished(unfinished: Unfinished): string {
  return JSON.stringify(unfinished.kind === 'flush' ? { ...unfinished, upTo: String(unfinished.upTo) } : unfinished);
}

function readUnfinished(json: string): Unfinished {
  const { kind, upTo, afterKey, digest, accepted } = JSON.parse(json);
  return kind === 'flush' ? { kind, upTo: BigInt(upTo), afterKey } : { kind: 'rebuild', digest, accepted };
}

function writeEarlier(earlier: readonly EarlierReading[]): string {
  return JSON.stringify(earlier.map((reading) => ({ ...reading, foldedTo: String(reading.foldedTo) })));
}

function readEarlier(json: string): readonly EarlierReading[] {
  const readings: readonly (Omit<EarlierReading, 'foldedTo'> & { readonly foldedTo: string })[] = JSON.parse(json);
  return readings.map((reading) => ({ ...reading, foldedTo: BigInt(reading.foldedTo) }));
}

function writeLandmarks({ columns, rows }: Landmarks): string {
  return JSON.stringify({ columns, rows: rows.map(({ id, digest, hasSecrets }) => [String(id), digest, hasSecrets]) });
}

function readLandmarks(json: string): Landmarks {
  const { columns, rows }: { columns: readonly string[]; rows: readonly [string, string, boolean][] } =
    JSON.parse(json);
  return { columns, rows: rows.map(([id, digest, hasSecrets]) => ({ id: BigInt(id), digest, hasSecrets })) };
}
