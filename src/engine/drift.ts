import type { AnyExtractor } from '../model/extractor.ts';
import type { RowRange } from '../model/source.ts';
import type { Derivation } from './derivation.ts';
import { conditionOf } from './reading-of.ts';
import type { Workshop } from './workshop.ts';

/** So many of the last rows are looked at, at the least: a few new ones without a failure are nothing to speak of. */
const LOOK_BACK = 1000n;

/** What is odd about a table that yielded no row: silence is not success. */
export function driftWarnings(
  extractor: AnyExtractor,
  derivation: Derivation,
  { source, settings }: Pick<Workshop, 'source' | 'settings'>,
): readonly string[] {
  const { table, watch } = extractor;
  const before = derivation.checkpoint?.counts.rows ?? 0;
  const warnings: string[] = [];
  if (derivation.kind === 'rebuild' && before > 0) {
    warnings.push(`${table} gave ${before} ${before === 1 ? 'row' : 'rows'} before, and none now`);
  }
  const range = lookedAt(derivation);
  if (watch === undefined || range === undefined) return warnings;
  const values = source.valuesOf(table, watch.column, range);
  const condition = conditionOf(extractor, settings);
  const isSilent = !('oneOf' in condition) || !condition.oneOf.some((value) => values.includes(value));
  const others = values.filter((value) => !watch.expected.includes(value));
  if (isSilent && others.length > 0) {
    const seen = others.map((value) => `'${value}'`).join(', ');
    const expected = watch.expected.join(', ');
    warnings.push(`no row has the wanted ${watch.column}, but others than ${expected} are there: ${seen}`);
  }
  return warnings;
}

/** All rows that were read or, where they are few, some before them; undefined where they are too few to tell. */
function lookedAt({ range, firstRow }: Derivation): RowRange | undefined {
  if (typeof range !== 'object') return undefined;
  const { after, upTo } = range;
  if (after === undefined || upTo - after >= LOOK_BACK) return range;
  const from = upTo - LOOK_BACK;
  return firstRow !== undefined && firstRow > from ? undefined : { after: from, upTo };
}
