import type { FileHealth, HealthFinding } from '../model/health.ts';
import { ellipsize } from '../model/text.ts';
import { sizeOf } from './size-of.ts';

const MIB = 1024 * 1024;
/** A log of this size is one that nobody empties. */
const LARGE_LOG = 64 * MIB;
/** So much of a file may be free without a word. */
const MUCH_FREE = 64 * MIB;
const LONGEST = 200;

/** What is to be said of a database file. */
export function judgeFile(role: 'source' | 'target', health: FileHealth, isDeep: boolean): readonly HealthFinding[] {
  return [integrity(role, health, isDeep), log(role, health), room(role, health)];
}

function integrity(role: string, { bytes, damage, unchecked }: FileHealth, isDeep: boolean): HealthFinding {
  const check = `${role}-integrity`;
  if (damage === undefined) {
    const what = `too large to be checked in passing (${sizeOf(bytes)})`;
    return { check, status: 'ok', what, todo: 'doctor --deep checks all of it, and may take minutes' };
  }
  const [first] = damage;
  if (first !== undefined) {
    const todo =
      role === 'target'
        ? 'keep a copy of all its files, then audit-extract restore a backup'
        : 'let the program that writes it mend or replace it';
    return { check, status: 'error', what: `damaged: ${ellipsize(first, LONGEST)}`, todo };
  }
  if (unchecked.length > 0) {
    const names = ellipsize(unchecked.join(', '), LONGEST);
    return { check, status: 'ok', what: `sound but for what only other programs can check: ${names}`, todo: null };
  }
  return { check, status: 'ok', what: isDeep ? 'sound, every page and index' : 'sound at a quick check', todo: null };
}

function log(role: string, { isWal, logBytes }: FileHealth): HealthFinding {
  const check = `${role}-log`;
  if (!isWal) {
    const what = 'not in WAL mode: readers and writers wait for one another';
    return { check, status: 'ok', what, todo: null };
  }
  if (logBytes < LARGE_LOG) return { check, status: 'ok', what: `WAL of ${sizeOf(logBytes)}`, todo: null };
  const todo = 'look for a program that keeps a read open; the log is emptied once nobody does';
  return { check, status: 'warning', what: `the WAL has grown to ${sizeOf(logBytes)}`, todo };
}

function room(role: string, { bytes, freeBytes }: FileHealth): HealthFinding {
  const check = `${role}-room`;
  const what = `${sizeOf(bytes)}, of which ${sizeOf(freeBytes)} are free within the file`;
  if (freeBytes < MUCH_FREE || freeBytes < bytes / 2) return { check, status: 'ok', what, todo: null };
  return { check, status: 'advice', what, todo: 'a VACUUM gives it back, when no program uses the file' };
}
