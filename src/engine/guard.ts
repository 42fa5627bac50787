import type { Checkpoint, EarlierReading } from '../model/checkpoint.ts';
import { AuditError } from '../model/errors.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { Source } from '../model/source.ts';
import type { Target } from '../model/target.ts';
import { inBatches } from './batches.ts';
import { canAppend } from './can-append.ts';
import type { Rebuild } from './derivation.ts';
import type { Gathering } from './gathering.ts';

const KEYS_AT_ONCE = 1000;

/** What is looked at to tell whether anything was forgotten. */
interface Evidence {
  readonly source: Source;
  readonly target: Target;
  readonly gathering: Gathering;
}

/**
 * Makes sure that a derivation of everything loses nothing because the source forgot it (SPEC section 5, promise 5).
 * Throws, and says how many nodes would be lowered or could not be derived again.
 */
export async function requireNothingForgotten(
  extractor: AnyExtractor,
  rebuild: Rebuild,
  evidence: Evidence,
): Promise<void> {
  const { guard, checkpoint } = rebuild;
  if (guard === 'nothing') return;
  const what =
    guard === 'any row'
      ? checkpoint && rowsGone(extractor, checkpoint, evidence)
      : await nodesLost(extractor, rebuild, evidence);
  if (what === undefined) return;
  const isAskedFor = rebuild.reason === 'asked for';
  throw new AuditError(
    'source-forgot',
    `${extractor.table} no longer holds all that ${extractor.name} has recorded: ${what}`,
    isAskedFor
      ? 'a run without --full goes on from what is recorded; --full --accept-source takes the source as it is'
      : 'take the source as it is with --accept-source',
  );
}

/** Under other settings other rows are meant, so those that were meant before are counted again. */
function rowsGone(extractor: AnyExtractor, checkpoint: Checkpoint, { source }: Evidence): string | undefined {
  if (!canAppend(extractor, source)) return undefined;
  const { condition, foldedTo, counts, earlier } = checkpoint;
  const last = condition && foldedTo !== undefined ? [{ condition, foldedTo, rows: counts.rows }] : [];
  for (const reading of [...last, ...earlier]) {
    const rows = countRows(extractor, source, reading);
    if (rows >= reading.rows) continue;
    return `its settings changed, and ${reading.rows - rows} of ${reading.rows} rows that it had read are gone`;
  }
  return undefined;
}

function countRows({ table }: AnyExtractor, source: Source, { condition, foldedTo }: EarlierReading): number {
  const range = { after: undefined, upTo: foldedTo };
  const reader = source.openReader({ table, columns: { id: 'id' }, condition, range });
  let rows = 0;
  const count = (window: Iterable<unknown>) => {
    for (const _row of window) rows++;
  };
  while (reader.readWindow(count));
  return rows;
}

async function nodesLost(extractor: AnyExtractor, rebuild: Rebuild, evidence: Evidence): Promise<string | undefined> {
  const { gathering, target } = evidence;
  const { lowered: fewer, matched } = await compareWithKept(gathering, target, rebuild.knownUpTo !== undefined);
  // Rows that may change can go from one node to another; they are all there as long as there are as many.
  const isShifted = !extractor.appended && gathering.rows >= (rebuild.checkpoint?.counts.rows ?? 0);
  const lowered = isShifted ? 0 : fewer;
  const missing = rebuild.guard === 'counts and nodes' ? (await target.countEntries(extractor.prefix)) - matched : 0;
  if (lowered + missing === 0) return undefined;
  return [
    ...(lowered > 0 ? [`${lowered} ${lowered === 1 ? 'node' : 'nodes'} would be lowered`] : []),
    ...(missing > 0 ? [`${missing} ${missing === 1 ? 'node' : 'nodes'} could not be derived again`] : []),
  ].join(' and ');
}

async function compareWithKept(gathering: Gathering, target: Target, byKnownRows: boolean) {
  let [lowered, matched] = [0, 0];
  for (const drafts of inBatches(gathering.drafts(), KEYS_AT_ONCE)) {
    const kept = await target.readEntries(drafts.map(({ key }) => key));
    for (const [at, draft] of drafts.entries()) {
      const stored = kept[at];
      if (stored === undefined) continue;
      matched++;
      if ((byKnownRows ? draft.known : draft.drafts) < stored.drafts) lowered++;
    }
  }
  return { lowered, matched };
}
