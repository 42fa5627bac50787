import { describe, expect, it } from 'vitest';
import { parseTimeRange as rangeOf } from '../../src/model/time-range.ts';

const NOW = Date.parse('2026-03-15T12:00:00.000Z');
const parseTimeRange = (given: Parameters<typeof rangeOf>[0], now: number) => rangeOf(given, now, (end) => `--${end}`);
const iso = (moment: number | undefined) => (moment === undefined ? undefined : new Date(moment).toISOString());

describe('a range of time', () => {
  it.each([
    ['2026-03-01', '2026-03-01T00:00:00.000Z', '2026-03-01T23:59:59.999Z'],
    ['2026-03-01+02:00', '2026-02-28T22:00:00.000Z', '2026-03-01T21:59:59.999Z'],
    ['2026-03-01T08:00:00Z', '2026-03-01T08:00:00.000Z', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01 08:00:00.25', '2026-03-01T08:00:00.250Z', '2026-03-01T08:00:00.250Z'],
    ['2026-03-01T08:00:00-05:00', '2026-03-01T13:00:00.000Z', '2026-03-01T13:00:00.000Z'],
    ['30m', '2026-03-15T11:30:00.000Z', '2026-03-15T11:30:00.000Z'],
    ['2h', '2026-03-15T10:00:00.000Z', '2026-03-15T10:00:00.000Z'],
    ['7d', '2026-03-08T12:00:00.000Z', '2026-03-08T12:00:00.000Z'],
    ['4w', '2026-02-15T12:00:00.000Z', '2026-02-15T12:00:00.000Z'],
  ])('takes %s as %s for its beginning, and as %s for its end', (text, since, until) => {
    const range = parseTimeRange({ since: text, until: text }, NOW);
    expect([iso(range.since), iso(range.until)]).toEqual([since, until]);
  });

  it('is open where nothing is given', () => {
    expect(parseTimeRange({}, NOW)).toEqual({ since: undefined, until: undefined });
  });

  it.each(['', '7', 'd', '7 d', '-7d', '1.5h', '7D', '1y', '2026-02-30', '2026-03', '15.03.2026', 'now', '99999999d'])(
    'is no range from %j',
    (text) => {
      expect(() => parseTimeRange({ since: text }, NOW)).toThrow(/^--since cannot be/);
      expect(() => parseTimeRange({ until: text }, NOW)).toThrow(/^--until cannot be/);
    },
  );
});
