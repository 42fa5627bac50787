import type { LinkCounts } from '../../model/linker.ts';
import type { Change } from '../../model/node.ts';
import type { Batch } from '../../model/target.ts';
import type { GraphWriter } from '../graph-writer.ts';
import type { Transaction } from '../transaction.ts';
import type { PlannedEntry, Step } from './batch-plan.ts';
import type { LeafChange } from './chunk-list.ts';
import { type EntryWrite, writeEntries } from './entries.ts';
import { planLinks } from './link-writer.ts';
import { oweLinks } from './owed-links.ts';

/** For which linkers and in which run it is written. */
interface BatchMarks {
  readonly linkers: string | null;
  readonly run: number;
}

/** Writes what was planned, in the transaction in which it was. Gives what became of edges, if they were to be made. */
export async function writeBatch(
  tx: Transaction,
  writer: GraphWriter,
  steps: readonly Step[],
  batch: Batch,
  marks: BatchMarks,
): Promise<LinkCounts | undefined> {
  const { actor, linking } = batch;
  const planned = steps.filter((step) => step !== undefined);
  const fresh = planned
    .filter(({ change }) => change.action === 'insert')
    .map(({ change: { node } }) => ({ node, actor }));
  await writer.updateNodes(
    planned.flatMap(({ change, found }) =>
      change.action === 'update' && found ? [{ node: change.node, before: found, actor }] : [],
    ),
  );
  const shaped = planned.filter(({ change }) => change.isVetoed !== true);
  const links =
    linking &&
    (await planLinks(
      tx,
      writer,
      shaped.map((step) => step.linked.links),
      fresh,
    ));
  const whole = new Set(shaped.filter((_, at) => links?.whole[at]));
  const entries = entryWrites(planned, batch, whole, marks);
  // Sent together, so that the server writes the one while the other is being packed.
  const [, counts] = await Promise.all([
    writeEntries(tx, entries),
    links?.write() ?? writer.insertEvents(fresh, []).then(() => undefined),
  ]);
  if (linking === undefined) return undefined;
  const cut = planned.filter(({ writes, linked: { isCut } }) => writes && isCut);
  await oweLinks(
    tx,
    cut.map(({ entry }) => entry.key),
    linking.after,
  );
  return counts;
}

/** What is to be noted of entries: those whose edges are `whole` are marked as linked. */
function entryWrites(
  planned: readonly PlannedEntry[],
  { linking, touch }: Batch,
  whole: ReadonlySet<PlannedEntry>,
  { linkers, run }: BatchMarks,
): readonly EntryWrite[] {
  return planned.flatMap((step) => {
    const { entry, leaf, stored, change, isChanged } = step;
    const changed = change.action !== 'unchanged' || change.again === 'changed';
    const linkedNow = whole.has(step) ? linkers : null;
    const linked = linking ? linkedNow : isChanged ? null : (stored?.linked ?? null);
    const isNoted = stored === undefined || touch || changed || isChanged || linked !== stored.linked;
    return isNoted ? [{ entry, leaf, marks: { run, changed, linked }, isNew: stored === undefined }] : [];
  });
}

/** The leaves that change with what was planned. */
export function leafChanges(steps: readonly Step[]): readonly LeafChange[] {
  return steps.flatMap((step) => {
    if (step === undefined || step.stored?.leaf === step.leaf) return [];
    return [{ key: step.entry.key, leaf: step.leaf, before: step.stored?.leaf }];
  });
}

/** The changes that entries came to. */
export function changesOf(steps: readonly Step[]): readonly Change[] {
  return steps.flatMap((step) => (step === undefined ? [] : [step.change]));
}
