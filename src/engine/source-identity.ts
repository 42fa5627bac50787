import type { Checkpoint } from '../model/checkpoint.ts';
import { AuditError } from '../model/errors.ts';
import type { Landmark } from '../model/landmark.ts';
import type { RowIds, Source } from '../model/source.ts';

/** What is known of the table that was read. */
type Known = Pick<Checkpoint, 'landmarks' | 'rules'>;

/** How the rows near a checkpoint stand. */
export type Identity =
  | { readonly kind: 'same'; readonly edited: readonly bigint[] }
  | { readonly kind: 'stranger'; readonly why: string };

/**
 * Whether the table is still the one that landmarks were taken of. Rows that are gone say nothing as long as others
 * stand; a single one that differs was edited, unless nearly all do. Content decides, not path or inode. Where secrets
 * are told otherwise than they were, rows that hold any are known by their ids alone.
 */
export function identify(source: Source, table: string, known: Known | undefined, ids: RowIds): Identity {
  const { rows, columns } = known?.landmarks ?? { rows: [], columns: [] };
  const [last] = rows;
  if (known === undefined || last === undefined) return { kind: 'same', edited: [] };
  if (ids.highest === undefined || ids.highest < last.id) {
    return { kind: 'stranger', why: `ends at row ${ids.highest ?? 'none'}, before row ${last.id} that was read last` };
  }
  // Without a column that they were digested with, rows say nothing.
  const names = Object.fromEntries(columns.map((name) => [name, 'value'] as const));
  if (source.missingColumns(table, names).length > 0) return { kind: 'same', edited: [] };
  const found = source.findLandmarks(table, { rows, columns });
  if (found.length === 0)
    return { kind: 'stranger', why: `has none of the rows that were read last, up to ${last.id}` };
  const before = new Map(rows.map((row) => [row.id, row]));
  const isSame = (row: Landmark): boolean => {
    const was = before.get(row.id);
    const isTold = known.rules === source.redactor.rules || !(row.hasSecrets || was?.hasSecrets);
    return was?.digest === row.digest || !isTold;
  };
  const edited = found.filter((row) => !isSame(row)).map(({ id }) => id);
  const matching = found.length - edited.length;
  const isCut = edited.includes(last.id) && edited.length > 1 && !ids.neverReused;
  if (edited.length > matching || isCut) {
    return { kind: 'stranger', why: `has other rows than those that were read, at ${edited.slice(0, 3).join(', ')}` };
  }
  return { kind: 'same', edited };
}

/** The refusal of a source that is not the one which was read before. */
export function strangerError(source: Source, table: string, why: string): AuditError {
  return new AuditError(
    'source-changed',
    `table ${table} of source ${source.path} is not the one that was read before: it ${why}`,
    'name the source of this graph, or give --origin NAME to one of another machine; --accept-source takes this one in its place: counts may fall, no node goes',
  );
}

/** Whether a source still has rows that were read, as far as checkpoints know any. */
export function isSourceOf(source: Source, checkpoints: readonly Checkpoint[]): boolean {
  const identities = checkpoints.flatMap((checkpoint) => {
    const { table } = checkpoint;
    const ids = source.hasTable(table) ? source.rowIds(table) : undefined;
    return ids === undefined || checkpoint.landmarks.rows.length === 0
      ? []
      : [identify(source, table, checkpoint, ids)];
  });
  return identities.length > 0 && identities.every(({ kind }) => kind === 'same');
}

/** Makes sure that a source is the one that all checkpoints know, also those of extractors that are left out now. */
export function requireKnownSource(source: Source, checkpoints: readonly Checkpoint[]): void {
  for (const checkpoint of checkpoints) {
    const { table } = checkpoint;
    const ids = source.hasTable(table) ? source.rowIds(table) : undefined;
    if (ids === undefined) continue;
    const identity = identify(source, table, checkpoint, ids);
    if (identity.kind === 'stranger') throw strangerError(source, table, identity.why);
  }
}
