import type { Bucket, Grain } from './buckets.ts';

/** What a bar is of, like `2026-03-02 to 2026-03-08`. */
export function titleOf(bucket: Bucket | undefined, grain: Grain): string {
  if (bucket === undefined) return '';
  return grain === 'week' ? `${bucket.day} to ${bucket.until}` : bucket.label;
}
