import { AuditError } from '../model/errors.ts';
import { toMilliseconds } from '../model/instant.ts';
import { badValue } from './setting-layers.ts';

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const DAY_MS = 86_400_000;
const A_DAY = /^\d{4}-\d{2}-\d{2}(Z|[+-]\d{2}:\d{2})?$/;

/** A range of time as it is given with `--since` and `--until`, ends included; undefined where it is open. */
export interface TimeRange {
  readonly since: number | undefined;
  readonly until: number | undefined;
}

/** Understands `--since` and `--until`. Throws where they are no dates, or the wrong way round. */
export function parseTimeRange(flags: { readonly since?: string; readonly until?: string }, now: number): TimeRange {
  const since = parseMoment('--since', flags.since, now);
  const until = parseMoment('--until', flags.until, now);
  if (since === undefined || until === undefined || since <= until) return { since, until };
  throw new AuditError('usage', `--since ${flags.since} is later than --until ${flags.until}`, 'swap them');
}

/** A date of the forms of SPEC section 1, or a span back from now. A day alone is its end for `--until`, else its beginning. */
export function parseMoment(
  name: '--since' | '--until' | '--before',
  value: string | undefined,
  now: number,
): number | undefined {
  if (value === undefined) return undefined;
  const [, count, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(value) ?? [];
  if (count !== undefined) return now - Number(count) * (UNITS[unit] ?? 0);
  const moment = toMilliseconds(value);
  if (moment === undefined) {
    throw badValue(
      { name, value },
      'give a date like 2026-03-01 or 2026-03-01T08:00:00Z, or a span like 30m, 2h, 7d, 4w',
    );
  }
  return name === '--until' && A_DAY.test(value) ? moment + DAY_MS - 1 : moment;
}
