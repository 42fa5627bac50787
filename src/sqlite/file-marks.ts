import { type BigIntStats, realpathSync, statSync } from 'node:fs';

const COMPANIONS = ['-wal', '-journal'];

/** Tells the file at a path from any other that may come to stand there; undefined where there is none. */
export function fileMark(path: string): string | undefined {
  const file = statOf(path);
  return file && `${file.dev}:${file.ino}`;
}

/** Tells what a database held from what it holds when somebody has written it, as far as its files show. */
export function contentMark(path: string): string | undefined {
  if (statOf(path) === undefined) return undefined;
  const real = realpathSync(path);
  return ['', ...COMPANIONS].map((companion) => markOf(statOf(real + companion))).join(' ');
}

const markOf = (file: BigIntStats | undefined): string =>
  file === undefined ? '-' : `${file.dev}:${file.ino}:${file.size}:${file.mtimeNs}`;

/** Follows links; undefined for what is not there, or cannot be reached. */
function statOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
