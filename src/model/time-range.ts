import { badValue } from './bad-value.ts';
import { AuditError } from './errors.ts';
import { toMilliseconds } from './instant.ts';

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const DAY_MS = 86_400_000;
const A_DAY = /^\d{4}-\d{2}-\d{2}(Z|[+-]\d{2}:\d{2})?$/;

/** A range of time in milliseconds since 1970, ends included; undefined where it is open. */
export interface TimeRange {
  readonly since: number | undefined;
  readonly until: number | undefined;
}

/** A range of time as it is written; `nameOf` is what its ends are called where it was written. Throws where it is none. */
export function parseTimeRange(
  given: { readonly since?: string | undefined; readonly until?: string | undefined },
  now: number,
  nameOf: (end: keyof TimeRange) => string,
): TimeRange {
  const names = { since: nameOf('since'), until: nameOf('until') };
  const since = parseMoment({ name: names.since, value: given.since }, now);
  const until = parseMoment({ name: names.until, value: given.until, isEnd: true }, now);
  if (since === undefined || until === undefined || since <= until) return { since, until };
  throw new AuditError(
    'usage',
    `${names.since} ${given.since} is later than ${names.until} ${given.until}`,
    'swap them',
  );
}

/** A moment as it is written, and what it is called. */
interface WrittenMoment {
  readonly name: string;
  readonly value: string | undefined;
  /** Whether a range ends with it: then a day alone is its end, else its beginning. */
  readonly isEnd?: boolean;
}

/** A date of the forms of SPEC section 1, or a span back from now. */
export function parseMoment({ name, value, isEnd = false }: WrittenMoment, now: number): number | undefined {
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
  return isEnd && A_DAY.test(value) ? moment + DAY_MS - 1 : moment;
}
