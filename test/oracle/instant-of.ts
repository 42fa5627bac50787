const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?)?(?:Z|([+-])(\d{2}):(\d{2}))?$/;

/** An instant: whole seconds since the year 0, and the digits of the fraction that follows. */
export interface Instant {
  readonly seconds: number;
  readonly fraction: string;
}

/** The instant that a stored date names; undefined where the text is no date. */
export function instantOf(text: string): Instant | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  const part = (at: number): number => Number(match[at] ?? '0');
  const [year, month, day] = [part(1), part(2), part(3)];
  const [hour, minute, second] = [part(4), part(5), part(6)];
  const [zoneHour, zoneMinute] = [part(9), part(10)];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59 || zoneHour > 23 || zoneMinute > 59) return undefined;
  const offset = (zoneHour * 60 + zoneMinute) * 60 * (match[8] === '-' ? -1 : 1);
  const ofDay = hour * 3600 + minute * 60 + second;
  return { seconds: daysBefore(year, month, day) * 86_400 + ofDay - offset, fraction: match[7] ?? '' };
}

/** Below zero where the first instant is the earlier one, 0 where they are equal. */
export function compareInstants(one: Instant, other: Instant): number {
  if (one.seconds !== other.seconds) return one.seconds - other.seconds;
  const length = Math.max(one.fraction.length, other.fraction.length);
  const [left, right] = [one.fraction.padEnd(length, '0'), other.fraction.padEnd(length, '0')];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function daysBefore(year: number, month: number, day: number): number {
  let days = day - 1;
  for (let earlier = 0; earlier < year; earlier += 1) days += isLeap(earlier) ? 366 : 365;
  for (let earlier = 1; earlier < month; earlier += 1) days += daysIn(year, earlier);
  return days;
}
