import { isDeepStrictEqual } from 'node:util';
import { actorOf } from '../model/actor.ts';
import { type Checkpoint, checkpointName } from '../model/checkpoint.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import { canAppend } from './can-append.ts';
import { afterOf, type Derivation } from './derivation.ts';
import { earlierReadings } from './earlier-readings.ts';
import { isReadAlike } from './is-read-alike.ts';
import type { Prepared } from './prepare.ts';
import { conditionOf } from './reading-of.ts';
import { replacedKeys } from './replaced-keys.ts';
import { retireUnseen } from './retire-unseen.ts';
import type { RunEvent } from './run-event.ts';
import type { Tally } from './tally.ts';
import { foldEntries } from './to-entry.ts';
import type { Workshop } from './workshop.ts';
import { type Stretch, write } from './write.ts';

/** What was gathered, and how. */
type Gathered = Extract<Prepared, { kind: 'gathered' }>;

/** Writes what was gathered, or, in a dry run, looks at what that would do. */
export async function* writeGathered(
  extractor: AnyExtractor,
  gathered: Gathered,
  workshop: Workshop,
  tally: Tally,
): AsyncGenerator<RunEvent, void> {
  const { gathering, derivation } = gathered;
  tally.countRows(gathering.rows);
  tally.countNotFolded(gathering.notFolded);
  const fold = derivation.kind === 'from-checkpoint' ? foldEntries(extractor, workshop.target.keptFields) : undefined;
  const total = gathering.count();
  const settled = workshop.dryRun ? undefined : settledCheckpoint(extractor, gathered, workshop, tally);
  const forgets = derivation.kind === 'rebuild' && derivation.forgets;
  const after = derivation.kind === 'from-checkpoint' ? afterOf(derivation) : undefined;
  const desk = { extractor, workshop, tally, fold, touch: forgets, after };
  const stretch: Stretch = {
    entries: gathering.entries(),
    progressAfter: (done) => done / total,
    checkpointAfter: (lastKey, wrote) =>
      settled && wrote ? unfinishedCheckpoint(settled, derivation, lastKey) : undefined,
  };
  yield* write(desk, stretch);
}

/**
 * Ends what was begun: forgets what is no longer derived, and lets the checkpoint stand for all. `hasAll` says whether every
 * extractor of the run is in; only then, and where it is wanted, nodes are deleted whose rows are gone.
 */
export async function settleGathered(
  extractor: AnyExtractor,
  gathered: Gathered,
  workshop: Workshop,
  { tally, hasAll }: { readonly tally: Tally; readonly hasAll: boolean },
): Promise<void> {
  const { derivation } = gathered;
  if (hasAll && retires(gathered, workshop)) await retire(extractor, gathered, workshop, tally);
  const settled = workshop.dryRun ? undefined : settledCheckpoint(extractor, gathered, workshop, tally);
  const forgets = derivation.kind === 'rebuild' && derivation.forgets;
  const { redactor } = workshop.source;
  const isCleaner = derivation.checkpoint !== undefined && derivation.checkpoint.rules !== redactor.rules;
  if (isCleaner && !workshop.dryRun) await workshop.target.cleanRecords((json) => redactor.cleanJson(json));
  if (forgets && !workshop.dryRun)
    await workshop.target.retirement.forgetUnseen(extractor, replacedKeys(derivation, workshop));
  if (settled === undefined) return;
  if (isDeepStrictEqual(settled, await workshop.target.readCheckpoint(checkpointName(extractor)))) return;
  const actor = actorOf(extractor);
  await workshop.target.write({ entries: [], actor, fold: undefined, touch: false, checkpointAfter: () => settled });
}

/** Whether nodes whose rows are gone are to be deleted. */
export function retires({ derivation }: Pick<Gathered, 'derivation'>, { full, retire }: Workshop): boolean {
  return full && retire && derivation.kind === 'rebuild' && derivation.range !== 'none';
}

async function retire(
  extractor: AnyExtractor,
  { gathering, derivation: { checkpoint, digest } }: Gathered,
  workshop: Workshop,
  tally: Tally,
): Promise<void> {
  // Of a table that gave no row, emptied or not yet filled again, nothing follows.
  if (gathering.rows === 0) return;
  if (isReadAlike(checkpoint, digest)) tally.countRetired(await retireUnseen(extractor, gathering, workshop));
  else if (checkpoint !== undefined)
    tally.warn('no node was deleted for rows that are gone: its version or settings are not those of the run before');
}

/** What stands for all entries, once they are in. */
function settledCheckpoint(
  extractor: AnyExtractor,
  { derivation, gathering, content }: Gathered,
  { source, settings }: Workshop,
  tally: Tally,
): Checkpoint {
  const { digest, firstRow, range, checkpoint } = derivation;
  const { table, columns } = extractor;
  const isFold = derivation.kind === 'from-checkpoint';
  const before = isFold ? checkpoint?.foldedTo : undefined;
  const upTo = typeof range === 'object' ? range.upTo : before;
  const isReread = !canAppend(extractor, source);
  const foldedTo = isReread ? undefined : upTo;
  const rowsBefore = isFold ? (checkpoint?.counts.rows ?? 0) : 0;
  return {
    extractor: checkpointName(extractor),
    table,
    digest,
    rules: source.redactor.rules,
    condition: conditionOf(extractor, settings),
    foldedTo,
    unfinished: undefined,
    landmarks:
      foldedTo === undefined ? { columns: [], rows: [] } : source.takeLandmarks(table, Object.keys(columns), foldedTo),
    firstRow,
    counts: {
      rows: rowsBefore + gathering.rows,
      nodes: isReread ? gathering.count() : 0,
      skipped: isReread ? tally.skipped : 0,
    },
    earlier: earlierReadings(derivation, conditionOf(extractor, settings)),
    content,
  };
}

function unfinishedCheckpoint(settled: Checkpoint, derivation: Derivation, afterKey: string): Checkpoint {
  const { checkpoint } = derivation;
  if (derivation.kind === 'rebuild') {
    const { accepted, digest } = derivation;
    return { ...settled, ...checkpoint, unfinished: { kind: 'rebuild', digest, accepted } };
  }
  const upTo = settled.foldedTo ?? 0n;
  const before = { foldedTo: checkpoint?.foldedTo, counts: checkpoint?.counts ?? { rows: 0, nodes: 0, skipped: 0 } };
  return { ...settled, ...before, unfinished: { kind: 'flush', upTo, afterKey } };
}
