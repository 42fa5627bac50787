import { describe, expect, it } from 'vitest';
import { uuidV7 } from '../../src/model/uuid-v7.ts';

const NOW = Date.UTC(2026, 1, 5, 10);
const many = (count: number, now: number) => Array.from({ length: count }, () => uuidV7(now));
const timeOf = (id: string) => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

describe('a UUID of version 7', () => {
  it('says when it was made, and of which kind it is', () => {
    const id = uuidV7(NOW);
    expect(timeOf(id)).toBe(NOW);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('comes after those before it, within a millisecond and when the clock is set back', () => {
    const ids = [...many(5000, NOW + 1), ...many(5000, NOW - 60_000), ...many(5000, NOW + 2)];
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(ids.length);
    expect(timeOf(ids.at(-1) ?? '')).toBe(NOW + 2);
  });

  it('begins to count at another number in each millisecond, and ends in other digits each time', () => {
    const ids = Array.from({ length: 200 }, (_, at) => uuidV7(NOW + 10 + at));
    expect(new Set(ids.map((id) => id.slice(14, 23))).size).toBeGreaterThan(190);
    expect(new Set(many(1000, NOW + 500).map((id) => id.slice(26))).size).toBe(1000);
  });
});
