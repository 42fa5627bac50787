import type { RowRange } from '../model/source.ts';
import type { Derivation, FromCheckpoint } from './derivation.ts';

/** A part of the rows to be read, and what of it is wanted. */
export interface ReadingPart {
  /** All rows there are, when absent. */
  readonly range?: RowRange;
  readonly isKnown: boolean;
  /** Keys up to this one are in already. */
  readonly afterKey?: string;
}

/** A part whose rows are known by their ids. */
export type RangePart = ReadingPart & { readonly range: RowRange };

/** The parts in which rows are read: what an earlier run had read, or had begun to flush, comes by itself. */
export function readingParts(derivation: Derivation): readonly ReadingPart[] {
  if (derivation.kind === 'from-checkpoint') return newParts(derivation);
  const { range, knownUpTo } = derivation;
  if (range === 'none') return [];
  if (range === 'all') return [{ isKnown: true }];
  if (knownUpTo === undefined || knownUpTo >= range.upTo) return [{ range, isKnown: true }];
  return [
    { range: { after: range.after, upTo: knownUpTo }, isKnown: true },
    { range: { after: knownUpTo, upTo: range.upTo }, isKnown: false },
  ];
}

/** The parts of new rows. */
export function newParts({ range, checkpoint }: FromCheckpoint): readonly RangePart[] {
  if (range === 'none') return [];
  const unfinished = checkpoint?.unfinished;
  if (unfinished?.kind !== 'flush') return [{ range, isKnown: false }];
  const { upTo, afterKey } = unfinished;
  const begun = { range: { after: range.after, upTo }, isKnown: false, afterKey };
  return upTo >= range.upTo ? [begun] : [begun, { range: { after: upTo, upTo: range.upTo }, isKnown: false }];
}
