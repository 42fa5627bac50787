import { AuditError } from '../model/errors.ts';
import type { AnyExtractor, ExtractorSettings } from '../model/extractor.ts';
import type { Source } from '../model/source.ts';
import type { OpenStaging, StagedDraft, Staging } from '../model/staging.ts';
import type { Target } from '../model/target.ts';
import { inBatches } from './batches.ts';
import { breachOf } from './extractor-breach.ts';
import { Folding, mergeBodies } from './folding.ts';
import { throwIfInterrupted } from './interrupt.ts';
import type { RunEvent } from './run-event.ts';
import { toNode } from './staged-draft.ts';
import type { Tally } from './tally.ts';

/** Drafts of one batch, in characters, at the most; one draft may have more. */
const BATCH_CHARACTERS = 8_000_000;

/** What a run works with; the engine opens nothing itself. */
export interface Workshop {
  readonly source: Source;
  readonly target: Target;
  readonly openStaging: OpenStaging;
  readonly settings: ExtractorSettings;
  /** Nodes in one transaction, at the most. */
  readonly batchSize: number;
  /** Ends the run between two windows or batches. */
  readonly signal: AbortSignal;
}

/**
 * The way of one extractor's rows: read in windows, drafted, folded by key, then, in the order of keys, finished,
 * compared and written batch by batch. Nothing is written before all is read, so a failing source writes nothing.
 */
export async function* runExtractor(
  extractor: AnyExtractor,
  workshop: Workshop,
  tally: Tally,
): AsyncGenerator<RunEvent, void> {
  const staging = workshop.openStaging(mergeBodies(extractor));
  try {
    yield* readAll(extractor, workshop, staging, tally);
    yield* writeAll(extractor, workshop, staging, tally);
  } finally {
    staging.close();
  }
}

function* readAll(extractor: AnyExtractor, workshop: Workshop, staging: Staging, tally: Tally): Generator<RunEvent> {
  requireColumns(extractor, workshop.source);
  const reader = workshop.source.openReader(extractor, workshop.settings);
  const folding = new Folding(extractor, staging);
  const fold = (rows: Parameters<typeof extractor.extract>[0]) => {
    const rowsLeft = new CountedRows(rows, tally);
    for (const draft of extractor.extract(rowsLeft)) folding.add(draft);
    if (!rowsLeft.ended) throw breachOf(extractor, 'left rows unread');
  };
  while (reader.readWindow(fold)) {
    folding.flush();
    throwIfInterrupted(workshop.signal);
    yield { type: 'window-read', extractor: extractor.name, read: tally.read, progress: reader.progress };
  }
  for (const [reason, rows] of folding.skips) tally.countSkipped(rows, reason);
  if (folding.dropped > 0) tally.countSkipped(folding.dropped, 'an earlier row has the same id');
}

async function* writeAll(
  extractor: AnyExtractor,
  workshop: Workshop,
  staging: Staging,
  tally: Tally,
): AsyncGenerator<RunEvent, void> {
  const total = staging.count();
  let done = 0;
  for (const drafts of inBatches(staging.drafts(), workshop.batchSize, sizeOf, BATCH_CHARACTERS)) {
    let nodes = drafts.map((draft) => toNode(extractor, draft));
    while (nodes.length > 0) {
      const changes = await workshop.target.upsert(nodes);
      tally.countChanges(changes);
      done += changes.length;
      yield { type: 'batch-written', extractor: extractor.name, changes, progress: done / total };
      throwIfInterrupted(workshop.signal);
      nodes = nodes.slice(changes.length);
    }
  }
}

const sizeOf = ({ body }: StagedDraft): number => body.length;

/** Counts rows as they are taken, and knows whether all of them were: an unread row would be lost in silence. */
class CountedRows<Row> implements Iterable<Row> {
  ended = false;
  readonly #rows: Iterable<Row>;
  readonly #tally: Tally;

  constructor(rows: Iterable<Row>, tally: Tally) {
    this.#rows = rows;
    this.#tally = tally;
  }

  *[Symbol.iterator](): Generator<Row> {
    for (const row of this.#rows) {
      this.#tally.countRow();
      yield row;
    }
    this.ended = true;
  }
}

function requireColumns(extractor: AnyExtractor, source: Source): void {
  const missing = source.missingColumns(extractor);
  if (missing.length === 0) return;
  throw new AuditError(
    'source-column-missing',
    `table ${extractor.table} of ${source.path} has no column ${missing.join(', ')}`,
    `bring the table up to date, or leave the extractor out with --skip ${extractor.name}`,
  );
}
