import { hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Seal } from '../../model/seal.ts';

/** Reads and writes the chain of seals in `audit_seals`. */
export interface SealStatements {
  /** The last link; undefined before the first write. */
  head(): Seal | undefined;
  append(seal: Seal): void;
  /** Links from a number on, in order, so many at the most. */
  from(number: number, limit: number): readonly Seal[];
  /** Whether there are any. */
  hasCheckpoints(): boolean;
  /** A digest of the checkpoints as they stand. */
  checkpoints(): string;
}

/** Prepares them. The tables must be there. */
export function prepareSealStatements(db: Database): SealStatements {
  const head = db.prepare<[], Seal>(
    'SELECT number, previous, content, seal FROM audit_seals ORDER BY number DESC LIMIT 1',
  );
  const append = db.prepare('INSERT INTO audit_seals(number, previous, content, seal) VALUES (?, ?, ?, ?)');
  const from = db.prepare<[number, number], Seal>(
    'SELECT number, previous, content, seal FROM audit_seals WHERE number >= ? ORDER BY number LIMIT ?',
  );
  const checkpoints = db
    .prepare<[], string>(
      `SELECT json_group_array(json_array(
         extractor, source_table, digest, rules, condition, folded_to, unfinished, landmarks, first_row, counts, earlier,
         content
       )) FROM (SELECT * FROM audit_checkpoints ORDER BY extractor)`,
    )
    .pluck();
  const some = db.prepare<[], 1>('SELECT 1 FROM audit_checkpoints LIMIT 1').pluck();
  return {
    head: () => head.get(),
    append: ({ number, previous, content, seal }) => void append.run(number, previous, content, seal),
    from: (number, limit) => from.all(number, limit),
    hasCheckpoints: () => some.get() !== undefined,
    checkpoints: () => hash('sha256', checkpoints.get() ?? '', 'hex'),
  };
}
