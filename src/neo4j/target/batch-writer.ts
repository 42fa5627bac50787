import type { LinkCounts } from '../../model/linker.ts';
import type { Change } from '../../model/node.ts';
import type { Batch } from '../../model/target.ts';
import type { GraphWriter, NodeInsert } from '../graph-writer.ts';
import type { Transaction } from '../transaction.ts';
import type { PlannedEntry, Step } from './batch-plan.ts';
import type { LeafChange } from './chunk-list.ts';
import { type EntryWrite, writeEntries } from './entries.ts';
import { LinkWriter } from './link-writer.ts';
import { oweLinks } from './owed-links.ts';

/** What the writing of a batch has changed. */
export interface WrittenBatch {
  readonly leaves: readonly LeafChange[];
  readonly links: LinkCounts | undefined;
}

/** For which linkers and in which run it is written. */
interface BatchMarks {
  readonly linkers: string | null;
  readonly run: number;
}

/** Writes what was planned, in the transaction in which it was. */
export async function writeBatch(
  tx: Transaction,
  writer: GraphWriter,
  steps: readonly Step[],
  { actor, linking, touch }: Batch,
  { linkers, run }: BatchMarks,
): Promise<WrittenBatch> {
  const planned = steps.filter((step) => step !== undefined);
  const fresh = planned
    .filter(({ change }) => change.action === 'insert')
    .map(({ change: { node } }) => ({ node, actor }));
  await writer.updateNodes(
    planned.flatMap(({ change, found }) =>
      change.action === 'update' && found ? [{ node: change.node, before: found, actor }] : [],
    ),
  );
  if (!linking) await writer.insertEvents(fresh, []);
  const links = linking && (await writeLinks(tx, writer, planned, fresh));
  const writes = planned.flatMap((step): readonly EntryWrite[] => {
    const { entry, leaf, stored, change, isChanged } = step;
    const changed = change.action !== 'unchanged' || change.again === 'changed';
    const linked = linking
      ? links?.whole.has(step) === true
        ? linkers
        : null
      : isChanged
        ? null
        : (stored?.linked ?? null);
    const isNoted = stored === undefined || touch || changed || isChanged || linked !== stored.linked;
    return isNoted ? [{ entry, leaf, marks: { run, changed, linked }, isNew: stored === undefined }] : [];
  });
  await writeEntries(tx, writes);
  if (linking) {
    const cut = planned.filter(({ writes: isWritten, linked: { isCut } }) => isWritten && isCut);
    await oweLinks(
      tx,
      cut.map(({ entry }) => entry.key),
      linking.after,
    );
  }
  return { leaves: planned.flatMap(leafChange), links: links?.counts };
}

async function writeLinks(
  tx: Transaction,
  writer: GraphWriter,
  planned: readonly PlannedEntry[],
  fresh: readonly NodeInsert[],
): Promise<{ readonly whole: ReadonlySet<PlannedEntry>; readonly counts: LinkCounts }> {
  const shaped = planned.filter(({ change }) => change.isVetoed !== true);
  const { whole, counts } = await new LinkWriter(tx, writer).write(
    shaped.map(({ linked }) => linked.links),
    fresh,
  );
  return { whole: new Set(shaped.filter((_, at) => whole[at])), counts };
}

function leafChange({ entry, leaf, stored }: PlannedEntry): readonly LeafChange[] {
  return stored?.leaf === leaf ? [] : [{ key: entry.key, leaf, before: stored?.leaf }];
}

/** The changes that entries came to. */
export function changesOf(steps: readonly Step[]): readonly Change[] {
  return steps.flatMap((step) => (step === undefined ? [] : [step.change]));
}
