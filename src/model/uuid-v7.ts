import { randomFillSync } from 'node:crypto';

/** Random bytes are fetched so many at once: a call for each id takes longer than all the rest of it. */
const pool = Buffer.alloc(8192);
let used = pool.length;

/** The moment of the last id, in milliseconds since 1970, and its place among those of that moment. */
let moment = 0;
let counter = 0;

/**
 * A UUID of version 7 (RFC 9562): 48 bits of time, 32 that count on from a random number, 42 random ones. Those of one
 * process come in the order in which they are made, within a millisecond and when the clock is set back, too.
 */
export function uuidV7(now = Date.now()): string {
  if (now > moment) {
    moment = now;
    // The first half is left free to be counted through.
    counter = pool.readUInt32BE(take(4)) >>> 1;
  } else {
    counter = (counter + 1) >>> 0;
    if (counter === 0) moment++;
  }
  const time = hex(moment, 12);
  const version = hex(0x7000 + (counter >>> 20), 4);
  const variant = hex(0x8000 + ((counter >>> 6) & 0x3fff), 4);
  const at = take(6);
  const rest = hex(((counter & 0x3f) << 2) + ((pool[at] ?? 0) & 3), 2) + pool.toString('hex', at + 1, at + 6);
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}-${rest}`;
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** Where the next random bytes are; none is taken twice. */
function take(bytes: number): number {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return used - bytes;
}
