import { compareUtf8 } from './text.ts';

/** A point in time: whole seconds since 1970 in UTC, and the digits of the fraction without trailing zeros. */
interface Instant {
  readonly seconds: number;
  readonly fraction: string;
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?)?(?:Z|([+-])(\d{2}):(\d{2}))?$/;

/** Reads the date forms of SPEC section 1; no zone means UTC. Text of another form, or no real calendar day, is no date. */
export function parseInstant(text: string): Instant | undefined {
  const match = DATE.exec(text);
  if (match === null) return undefined;
  const part = (index: number): number => Number(match[index] ?? 0);
  const [year, month, day] = [part(1), part(2), part(3)];
  const [hour, minute, second] = [part(4), part(5), part(6)];
  const [zoneHour, zoneMinute] = [part(9), part(10)];
  if (day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59 || zoneHour > 23 || zoneMinute > 59) return undefined;
  const offset = (zoneHour * 60 + zoneMinute) * (match[8] === '-' ? -60 : 60);
  return {
    seconds: daysSince1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset,
    fraction: withoutTrailingZeros(match[7] ?? ''),
  };
}

/** A pattern for this would be tried at every zero, which takes hours on a hostile text. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}

/** Whole milliseconds since 1970; undefined for text that is no date. */
export function toMilliseconds(text: string): number | undefined {
  const instant = parseInstant(text);
  return instant && instant.seconds * 1000 + Number(instant.fraction.slice(0, 3).padEnd(3, '0'));
}

/** Negative when `a` is earlier. Fractions of any length compare exactly, as their digits do. */
export function compareInstants(a: Instant, b: Instant): number {
  return a.seconds - b.seconds || compareUtf8(a.fraction, b.fraction);
}

function daysInMonth(year: number, month: number): number {
  if (month < 1 || month > 12) return 0;
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Counts in years that begin in March, so that the leap day is the last of its year. `Date.UTC` misreads years below 100. */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468;
}
