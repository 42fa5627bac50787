import { describe, expect, it } from 'vitest';
import { formatProgress } from '../../src/render/progress.ts';

describe('the live line', () => {
  it('says how many rows are read, how fast, how far and how long still', () => {
    const event = { type: 'window-read', extractor: 'tool-errors', read: 5000, progress: 0.25 } as const;
    expect(formatProgress(event, 5000, 2000)).toBe('tool-errors: 5,000 rows read, 2,500/s, 25 %, 6 s left');
  });

  it('guesses no end where the share is not known', () => {
    const event = { type: 'batch-written', extractor: 'tool-errors', changes: [], progress: 0 } as const;
    expect(formatProgress(event, 3, 1000)).toBe('tool-errors: 3 nodes compared, 3/s');
  });

  it('says nothing new between two extractors', () => {
    expect(formatProgress({ type: 'extractor-started', extractor: 'tool-errors' }, 0, 0)).toBeUndefined();
  });
});
