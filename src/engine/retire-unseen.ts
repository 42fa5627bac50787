import { actorOf } from '../model/actor.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { Gathering } from './gathering.ts';
import { throwIfInterrupted } from './interrupt.ts';
import type { Workshop } from './workshop.ts';

/**
 * Marks the nodes as deleted that are recorded, and of which all rows of the source have given nothing; in a dry run it counts
 * them. What is recorded of them stays. Gives how many they are.
 */
export async function retireUnseen(
  extractor: AnyExtractor,
  gathering: Pick<Gathering, 'has'>,
  { target, dryRun, signal }: Workshop,
): Promise<number> {
  let retired = 0;
  for (let after = ''; ; ) {
    const keys = await target.retirement.readCounted(extractor.prefix, after);
    const last = keys.at(-1);
    if (last === undefined) return retired;
    throwIfInterrupted(signal);
    const unseen = keys.filter((key) => !gathering.has(key));
    if (unseen.length > 0)
      retired += dryRun ? unseen.length : await target.retirement.deleteEvents(unseen, actorOf(extractor));
    after = last;
  }
}
