import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketsBetween } from '../../src/page/charts/buckets.ts';
import { timelineOf } from '../../src/page/charts/series.ts';

const DAY_MS = 86_400_000;
const dayOf = (number: number): string => new Date(number * DAY_MS).toISOString().slice(0, 10);
const day = fc.integer({ min: 0, max: 30_000 }).map(dayOf);
const counted = fc.record({ day, errors: fc.integer({ min: 0, max: 1000 }), events: fc.constant(1) });

describe('bars of errors over time', () => {
  test('are days for some months, then weeks from Monday on, then months', () => {
    expect(bucketsBetween('2026-02-27', '2026-03-01')).toEqual({
      grain: 'day',
      buckets: ['2026-02-27', '2026-02-28', '2026-03-01'].map((one) => ({ day: one, until: one, label: one })),
    });
    const weeks = bucketsBetween('2026-01-01', '2026-06-30');
    expect(weeks.grain).toBe('week');
    expect(weeks.buckets[0]).toEqual({ day: '2025-12-29', until: '2026-01-04', label: '2025-12-29' });
    const months = bucketsBetween('2020-01-31', '2026-03-01');
    expect(months.grain).toBe('month');
    expect(months.buckets[1]).toEqual({ day: '2020-02-01', until: '2020-02-29', label: '2020-02' });
  });

  test('follow one another without gap or overlap, and are few enough to be told apart', () => {
    fc.assert(
      fc.property(day, day, (one, other) => {
        const [first = one, last = other] = [one, other].sort();
        const { buckets } = bucketsBetween(first, last);
        const [start, end] = [buckets[0]?.day ?? '', buckets.at(-1)?.until ?? ''];
        expect([start, first, last, end].sort()).toEqual([start, first, last, end]);
        for (const [at, { until }] of buckets.entries()) {
          const next = buckets[at + 1];
          if (next) expect(Date.parse(next.day) - Date.parse(until)).toBe(DAY_MS);
        }
        expect(buckets.length).toBeLessThanOrEqual(30_000 / 28);
      }),
    );
  });

  test('hold every error of a known day once: those of the names, and the rest', () => {
    fc.assert(
      fc.property(fc.array(counted), fc.array(counted), (part, others) => {
        const all = [...part, ...others];
        const timeline = timelineOf(all, [{ name: 'Bash', days: part }]);
        const sum = (counts: readonly number[]) => counts.reduce((left, one) => left + one, 0);
        const errors = (days: readonly { readonly errors: number }[]) => sum(days.map((one) => one.errors));
        expect(timeline === undefined).toBe(all.length === 0);
        const [own, rest] = timeline?.series ?? [];
        expect(sum(own?.counts ?? [])).toBe(errors(part));
        expect(sum(rest?.counts ?? [])).toBe(errors(others));
      }),
    );
  });

  test('tell how many errors have no known day', () => {
    const days = [
      { day: '', errors: 3, events: 1 },
      { day: '2026-03-01', errors: 1, events: 1 },
    ];
    expect(timelineOf(days, [])?.undated).toBe(3);
    expect(timelineOf([{ day: '', errors: 3, events: 1 }], [])).toBeUndefined();
  });
});
