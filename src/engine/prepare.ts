import type { AnyExtractor } from '../model/extractor.ts';
import { canAppend } from './can-append.ts';
import { chooseDerivation } from './choose-derivation.ts';
import { ContentDigest } from './content-digest.ts';
import { afterOf, type Derivation, type FromCheckpoint } from './derivation.ts';
import { Gathering } from './gathering.ts';
import { requireNothingForgotten } from './guard.ts';
import { throwIfInterrupted } from './interrupt.ts';
import { lookupWarnings } from './lookup-warnings.ts';
import { readingOf } from './reading-of.ts';
import { readingParts } from './reading-parts.ts';
import { requireColumns } from './require-columns.ts';
import type { RunEvent } from './run-event.ts';
import { Stream } from './stream.ts';
import type { Tally } from './tally.ts';
import { foldEntries } from './to-entry.ts';
import type { Workshop } from './workshop.ts';

/** What is known of an extractor's work before anything is written. */
export type Prepared =
  /** The table holds what it held. */
  | { readonly kind: 'unchanged'; readonly derivation: Derivation }
  /** Rows are read as they are written. */
  | { readonly kind: 'stream'; readonly derivation: FromCheckpoint; readonly stream: Stream }
  /** All rows are read and folded; `content` is the digest of a table that is read whole. */
  | {
      readonly kind: 'gathered';
      readonly derivation: Derivation;
      readonly gathering: Gathering;
      readonly content: string | undefined;
    };

/**
 * Chooses how an extractor's nodes are derived and, where all of them must be known first, reads its rows. Throws when
 * the source is not the one it knows, or has forgotten what is recorded. Nothing is written.
 */
export async function* prepare(
  extractor: AnyExtractor,
  workshop: Workshop,
  tally: Tally,
): AsyncGenerator<RunEvent, Prepared> {
  requireColumns(extractor, workshop.source);
  for (const warning of lookupWarnings(extractor, workshop.source)) tally.warn(warning);
  const derivation = await chooseDerivation(extractor, { ...workshop, bounds: workshop.plan?.bounds });
  tally.note(derivation);
  const isPreviewed = workshop.dryRun || workshop.plan !== undefined;
  if (derivation.kind === 'from-checkpoint' && !isPreviewed) {
    const fold = foldEntries(extractor, workshop.target.keptFields);
    const desk = { extractor, workshop, tally, fold, touch: false, after: afterOf(derivation) };
    return { kind: 'stream', derivation, stream: new Stream(desk, derivation) };
  }
  const isReread = !canAppend(extractor, workshop.source);
  const content = isReread ? yield* digestContent(extractor, derivation, workshop) : undefined;
  if (isReread && !workshop.full && isAsBefore(derivation, content)) return { kind: 'unchanged', derivation };
  const gathering = yield* gather(extractor, derivation, workshop);
  // What changed meanwhile may have been read or not, so the next run has to look again.
  const isStill = !isReread || content === (yield* digestContent(extractor, derivation, workshop));
  return { kind: 'gathered', derivation, gathering, content: isStill ? content : undefined };
}

async function* gather(
  extractor: AnyExtractor,
  derivation: Derivation,
  workshop: Workshop,
): AsyncGenerator<RunEvent, Gathering> {
  const gathering = new Gathering(extractor, workshop.openStaging);
  try {
    for (const part of readingParts(derivation)) {
      const reader = workshop.source.openReader({ ...readingOf(extractor, workshop), range: part.range });
      for (const _rows of gathering.read(reader, part)) {
        throwIfInterrupted(workshop.signal);
        yield { type: 'window-read', extractor: extractor.name, read: gathering.rows, progress: reader.progress };
      }
    }
    if (derivation.kind === 'rebuild') await requireNothingForgotten(extractor, derivation, { ...workshop, gathering });
    return gathering;
  } catch (error) {
    gathering.close();
    throw error;
  }
}

/** Whether a table that is read whole holds what it held at the last run. */
function isAsBefore({ checkpoint, digest }: Derivation, content: string | undefined): boolean {
  return (
    checkpoint?.content !== undefined &&
    checkpoint.unfinished === undefined &&
    checkpoint.digest === digest &&
    checkpoint.content === content
  );
}

async function* digestContent(
  extractor: AnyExtractor,
  derivation: Derivation,
  workshop: Workshop,
): AsyncGenerator<RunEvent, string> {
  const content = new ContentDigest();
  for (const { range } of readingParts(derivation)) {
    const reader = workshop.source.openPackedReader({ ...readingOf(extractor, workshop), range });
    while (reader.readWindow((rows) => content.addAll(rows))) {
      throwIfInterrupted(workshop.signal);
      yield { type: 'window-read', extractor: extractor.name, read: 0, progress: reader.progress };
    }
  }
  return content.finish();
}
