import { AuditError } from '../model/errors.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { Target } from '../model/target.ts';
import { inBatches } from './batches.ts';
import type { Rebuild } from './derivation.ts';
import type { Gathering } from './gathering.ts';

const KEYS_AT_ONCE = 1000;

/**
 * Makes sure that a derivation of everything loses nothing because the source forgot it (SPEC section 5, promise 5).
 * Throws, and says how many nodes would be lowered or could not be derived again.
 */
export function requireNothingForgotten(
  extractor: AnyExtractor,
  rebuild: Rebuild,
  gathering: Gathering,
  target: Target,
): void {
  if (rebuild.guard === 'nothing') return;
  if (rebuild.guard === 'any row') {
    if (rebuild.pruned) throw forgotten(extractor, 'its settings changed, and the source has dropped rows it had read');
    return;
  }
  const { lowered, matched } = compareWithKept(gathering, target, rebuild.knownUpTo !== undefined);
  const missing = rebuild.guard === 'counts and nodes' ? target.countEntries(`${extractor.prefix}:`) - matched : 0;
  if (lowered + missing === 0) return;
  const parts = [
    ...(lowered > 0 ? [`${lowered} ${lowered === 1 ? 'node' : 'nodes'} would be lowered`] : []),
    ...(missing > 0 ? [`${missing} ${missing === 1 ? 'node' : 'nodes'} could not be derived again`] : []),
  ];
  throw forgotten(extractor, parts.join(' and '));
}

function compareWithKept(gathering: Gathering, target: Target, byKnownRows: boolean) {
  let [lowered, matched] = [0, 0];
  for (const drafts of inBatches(gathering.drafts(), KEYS_AT_ONCE)) {
    const kept = target.readEntries(drafts.map(({ key }) => key));
    for (const [at, draft] of drafts.entries()) {
      const stored = kept[at];
      if (stored === undefined) continue;
      matched++;
      if ((byKnownRows ? draft.known : draft.drafts) < stored.drafts) lowered++;
    }
  }
  return { lowered, matched };
}

function forgotten({ name, table }: AnyExtractor, what: string): AuditError {
  return new AuditError(
    'source-forgot',
    `${table} no longer holds all that ${name} has recorded: ${what}`,
    'take the source as it is with --accept-source; a run without --full goes on from what is recorded',
  );
}
