import { isDeepStrictEqual } from 'node:util';
import type { EarlierReading } from '../model/checkpoint.ts';
import type { Condition } from '../model/extractor.ts';
import type { Derivation } from './derivation.ts';

/**
 * What has been read under other conditions than now. The nodes of those rows may be derived again one day, and must not
 * be lowered then because rows have gone meanwhile. Whoever takes the source as it is takes it for all of them.
 */
export function earlierReadings(derivation: Derivation, condition: Condition): readonly EarlierReading[] {
  const { checkpoint } = derivation;
  if (checkpoint === undefined || (derivation.kind === 'rebuild' && derivation.accepted)) return [];
  const { condition: before, foldedTo, counts, earlier } = checkpoint;
  const last = before && foldedTo !== undefined ? [{ condition: before, foldedTo, rows: counts.rows }] : [];
  const others = [...last, ...earlier].filter((reading) => !isDeepStrictEqual(reading.condition, condition));
  const isFirst = (reading: EarlierReading, at: number) =>
    others.findIndex((other) => isDeepStrictEqual(other.condition, reading.condition)) === at;
  return others.filter(isFirst);
}
