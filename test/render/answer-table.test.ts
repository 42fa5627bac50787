import { describe, expect, it } from 'vitest';
import { drawTable } from '../../src/render/answer-table.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';

const widthsOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.length);

describe('a table of an answer', () => {
  const rows = [['2026-03-01', 'x'.repeat(60), 'y'.repeat(90)]];

  it('is as wide as what stands in it, where there is room', async () => {
    expect(Math.max(...widthsOf(await drawTable(['time', 'name', 'id'], rows, 1000)))).toBe(10 + 60 + 90 + 3 * 2 + 4);
  });

  it.each([170, 100, 80, 60, 40])('is cut to %i columns, the widest cells first', async (width) => {
    const text = await drawTable(['time', 'name', 'id'], rows, width);
    expect(Math.max(...widthsOf(text))).toBeLessThanOrEqual(width);
    expect(text).toContain('2026-03-01');
  });

  it('stays readable where there is no room at all', async () => {
    expect(await drawTable(['time', 'name', 'id'], rows, 1)).toContain('2026-0');
  });

  it.each(Object.entries(HOSTILE_TEXTS))('has %s on one line, and harmless', async (_, text) => {
    const drawn = await drawTable(['a', 'b'], [[text, 'end']], 60);
    expect(drawn.trimEnd().split('\n')).toHaveLength(5);
    expect(drawn).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
  });
});
