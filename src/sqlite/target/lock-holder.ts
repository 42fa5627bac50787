import { readFileSync, statSync } from 'node:fs';

/** The byte of a file that SQLite locks for who is about to write. */
const RESERVED_BYTE = 0x40000001n;
/** Where Linux lists the locks of the processes that this one can see. */
const LOCKS = '/proc/locks';

/** The process that has a database reserved for itself; undefined where the system does not tell. */
export function findLockHolder(file: string): number | undefined {
  const { ino } = statSync(file, { bigint: true });
  for (const line of readLocks().split('\n')) {
    const [, , , access, pid, place = '', from = '', to = ''] = line.trim().split(/\s+/);
    if (access !== 'WRITE' || place.split(':').at(-1) !== String(ino)) continue;
    if (!/^\d+$/.test(from) || BigInt(from) > RESERVED_BYTE) continue;
    if (to === 'EOF' || BigInt(to) >= RESERVED_BYTE) return Number(pid) > 0 ? Number(pid) : undefined;
  }
  return undefined;
}

function readLocks(): string {
  try {
    return readFileSync(LOCKS, 'latin1');
  } catch {
    return '';
  }
}
