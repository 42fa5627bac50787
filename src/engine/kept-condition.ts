import type { KeptReading } from '../model/checkpoint.ts';
import type { AnyExtractor, Condition } from '../model/extractor.ts';
import { conditionOf } from './reading-of.ts';

/** The statuses that mean failure where nothing is kept of a run, or at any rate where they were asked for. */
export interface FailureStatuses {
  readonly errorStatuses: readonly string[];
  readonly isAsked: boolean;
}

/** Which rows an extractor wants: those that it wanted in the run that is kept, so that a node finds its own rows again. */
export function keptCondition(
  extractor: AnyExtractor,
  reading: KeptReading | undefined,
  statuses: FailureStatuses,
): Condition {
  const kept = reading?.table === extractor.table ? reading.condition : undefined;
  if (kept === undefined || statuses.isAsked || !isOf(extractor, kept)) return conditionOf(extractor, statuses);
  return kept;
}

/** It was kept as JSON in a file that anybody may have changed. */
function isOf({ columns }: AnyExtractor, kept: Condition): boolean {
  if ('sql' in kept) return typeof kept.sql === 'string' && isTexts(kept.parameters);
  return Object.hasOwn(columns, kept.column) && isTexts(kept.oneOf);
}

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'string');
