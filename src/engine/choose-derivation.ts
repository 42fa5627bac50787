import { type Checkpoint, checkpointName } from '../model/checkpoint.ts';
import type { AnyExtractor, ExtractorSettings } from '../model/extractor.ts';
import type { RowIds, RowRange, Source } from '../model/source.ts';
import type { Target } from '../model/target.ts';
import type { Derivation, Rebuild } from './derivation.ts';
import { derivationDigest } from './derivation-digest.ts';
import { isReadAlike } from './is-read-alike.ts';
import { identify, strangerError } from './source-identity.ts';

/** What decides on how nodes are derived. */
export interface Choice {
  readonly source: Source;
  readonly target: Target;
  readonly settings: ExtractorSettings;
  /** Derive everything anew. */
  readonly full: boolean;
  /** Take the source as it is, whatever it has forgotten. */
  readonly acceptSource: boolean;
  /** Delete nodes whose rows are gone. */
  readonly retire?: boolean;
  /** The last row to be read, by extractor, where a plan binds; else the last there is. */
  readonly bounds?: ReadonlyMap<string, bigint | undefined> | undefined;
}

/** Chooses how an extractor goes on from its checkpoint. Throws when the source is not the one it knows. */
export async function chooseDerivation(extractor: AnyExtractor, choice: Choice): Promise<Derivation> {
  const { source, target, settings, full } = choice;
  const checkpoint = await target.readCheckpoint(checkpointName(extractor));
  // What is known of another table says nothing of this one.
  const known = checkpoint?.table === extractor.table ? checkpoint : undefined;
  const digest = derivationDigest(extractor, settings, source.redactor.rules);
  const ids = source.rowIds(extractor.table);
  // Records without a checkpoint: somebody else has removed it, and all rows would be folded in once more.
  const isLost = checkpoint === undefined && (await target.countEntries(extractor.prefix)) > 0;
  const base = { digest, checkpoint, firstRow: known?.firstRow ?? ids?.lowest, pruned: isPruned(known, ids) };
  if (ids === undefined || !extractor.appended) {
    const range = ids === undefined ? 'all' : allRows(extractor, choice, ids);
    const reason = full ? 'asked for' : 'rows of this table may change';
    return { ...base, pruned: false, ...rebuildOf(checkpoint, digest, choice, isLost), range, reason, warnings: [] };
  }
  const identity = identify(source, extractor.table, known, ids);
  if (identity.kind === 'stranger' && !isAccepted(checkpoint, choice)) {
    throw strangerError(source, extractor.table, identity.why);
  }
  const now = { digest, rules: source.redactor.rules };
  const reason = reasonToRebuild(checkpoint, now, { full, isLost, isStranger: identity.kind === 'stranger' });
  if (reason !== undefined && (isLost || checkpoint !== undefined)) {
    const range = allRows(extractor, choice, ids);
    const warnings = full ? [] : [`derived in full: ${reason}`];
    const rebuild = rebuildOf(checkpoint, digest, choice, isLost);
    const asItIs = rebuild.accepted ? { firstRow: ids.lowest, pruned: false } : {};
    return { ...base, ...rebuild, ...asItIs, range, reason, warnings };
  }
  return {
    ...base,
    kind: 'from-checkpoint',
    range: newRows(extractor, choice, ids, checkpoint?.foldedTo),
    reason: checkpoint === undefined ? 'first run' : undefined,
    warnings: identity.kind === 'same' ? identity.edited.map((row) => editedWarning(extractor.table, row)) : [],
  };
}

function reasonToRebuild(
  checkpoint: Checkpoint | undefined,
  now: Pick<Checkpoint, 'digest' | 'rules'>,
  { full, isLost, isStranger }: { readonly full: boolean; readonly isLost: boolean; readonly isStranger: boolean },
): string | undefined {
  if (full) return 'asked for';
  if (isStranger) return 'the source was accepted as it is';
  if (checkpoint === undefined) return isLost ? 'its checkpoint is gone' : undefined;
  if (checkpoint.unfinished?.kind === 'rebuild') return 'the last run was ended while it derived everything';
  if (checkpoint.foldedTo === undefined && checkpoint.counts.rows > 0) return 'the table had no row ids before';
  if (checkpoint.rules !== now.rules) return 'the rules for secrets changed';
  return checkpoint.digest === now.digest ? undefined : 'its version or settings changed';
}

/** What a derivation of everything must not lose: where settings changed, fewer rows may be meant; gone ones never. */
function rebuildOf(
  checkpoint: Checkpoint | undefined,
  digest: string,
  choice: Choice,
  isLost: boolean,
): Pick<Rebuild, 'kind' | 'guard' | 'knownUpTo' | 'accepted' | 'forgets'> {
  const accepted = isAccepted(checkpoint, choice);
  const knownUpTo = checkpoint?.unfinished === undefined ? checkpoint?.foldedTo : undefined;
  const guard = isLost && !accepted ? 'counts and nodes' : guardOf(checkpoint, digest, choice);
  const forgets = checkpoint !== undefined && (guard === 'nothing' || guard === 'any row');
  return { kind: 'rebuild', guard, knownUpTo, accepted, forgets };
}

function guardOf(checkpoint: Checkpoint | undefined, digest: string, choice: Choice): Rebuild['guard'] {
  if (checkpoint === undefined || isAccepted(checkpoint, choice)) return 'nothing';
  if (!isReadAlike(checkpoint, digest)) return 'any row';
  // Nodes whose rows are gone are to be deleted, and nothing of them is lost.
  if (choice.full && choice.retire) return 'counts';
  return choice.full ? 'counts and nodes' : 'counts';
}

/** A run that was ended after it had begun to take the source as it is goes on so. */
function isAccepted(checkpoint: Checkpoint | undefined, { acceptSource }: Choice): boolean {
  const unfinished = checkpoint?.unfinished;
  return acceptSource || (unfinished?.kind === 'rebuild' && unfinished.accepted);
}

/** Up to the last row there is, or to the one that a plan names. */
function lastRow(extractor: AnyExtractor, { bounds }: Choice, ids: RowIds): bigint | undefined {
  return bounds ? bounds.get(extractor.name) : ids.highest;
}

function allRows(extractor: AnyExtractor, choice: Choice, ids: RowIds): RowRange | 'none' {
  const upTo = lastRow(extractor, choice, ids);
  return upTo === undefined ? 'none' : { after: undefined, upTo };
}

function newRows(extractor: AnyExtractor, choice: Choice, ids: RowIds, after: bigint | undefined): RowRange | 'none' {
  const upTo = lastRow(extractor, choice, ids);
  return upTo === undefined || (after !== undefined && after >= upTo) ? 'none' : { after, upTo };
}

function isPruned(checkpoint: Checkpoint | undefined, ids: RowIds | undefined): boolean {
  if (checkpoint?.firstRow === undefined || ids === undefined) return false;
  return ids.lowest === undefined || ids.lowest > checkpoint.firstRow;
}

function editedWarning(table: string, row: bigint): string {
  return `row ${row} of ${table} changed after it was read; --full reads it again`;
}
