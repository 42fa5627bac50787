import { createHash } from 'node:crypto';

const MAX_ID_BYTES = 512;
const KEPT_ID_BYTES = 440;
const SHORTENED = /~[0-9a-f]{64}$/;
const ORIGIN_SIGN = '@';

/** What stands in a key for a text that a row lacks (SPEC section 3). */
export const ABSENT_PART = 'unknown';

/** Joins a prefix and parts from data into one key; escaping keeps two keys apart that plain joining would merge. */
export function joinKey(prefix: string, parts: readonly string[]): string {
  let key = prefix;
  for (const part of parts) key += `:${escapePart(part)}`;
  return key;
}

/**
 * Where the prefix of a key ends, which the parts from data follow: `err` of `err:s1:Bash`, or, of another origin than the
 * graph's own, `@lap1:err` of `@lap1:err:s1:Bash`. -1 where it has none. All else that takes keys apart asks here.
 */
function prefixEnd(key: string): number {
  const first = key.indexOf(':');
  return key.startsWith(ORIGIN_SIGN) && first > 0 ? key.indexOf(':', first + 1) : first;
}

/** What the keys of an extractor begin with, the origin in front of it; undefined where a key has no prefix. */
export function prefixOf(key: string): string | undefined {
  const end = prefixEnd(key);
  return end > 0 ? key.slice(0, end) : undefined;
}

/** What all keys of an origin begin with, before the prefix; nothing for the graph's own. */
export function beginOf(origin: string | undefined): string {
  return origin === undefined ? '' : `${ORIGIN_SIGN}${origin}:`;
}

/** The origin that a key, or its prefix, tells of; undefined where it is the graph's own. */
export function originOf(key: string): string | undefined {
  const end = key.indexOf(':');
  return key.startsWith(ORIGIN_SIGN) && end > 0 ? key.slice(ORIGIN_SIGN.length, end) : undefined;
}

/** The prefix of an extractor's keys whatever their origin; empty where a key has none. */
export function kindOf(key: string): string {
  const prefix = prefixOf(key) ?? '';
  return prefix.slice(prefix.indexOf(':') + 1);
}

/** The parts alone, escaped and joined: what a node's `source_id` is unless its extractor says otherwise. */
export function withoutPrefix(key: string): string {
  return key.slice(prefixEnd(key) + 1);
}

/** The parts that `joinKey` was given, the prefix left out. */
export function partsOfKey(key: string): readonly string[] {
  const end = prefixEnd(key);
  if (end < 0) return [];
  const parts = key.slice(end + 1).split(':');
  return key.includes('%') ? parts.map(unescapePart) : parts;
}

/**
 * The id of the node with this key. A long one keeps a readable beginning and is told apart by the hash of the whole.
 * So is one that looks as if this had been done to it, or data could spell out the id of another node.
 */
export function nodeId(nodeType: string, key: string): string {
  const id = `${nodeType}:${key}`;
  if (id.length * 3 <= MAX_ID_BYTES) return id;
  const bytes = Buffer.from(id);
  if (bytes.length <= MAX_ID_BYTES && !(bytes.length > KEPT_ID_BYTES && SHORTENED.test(id))) return id;
  let end = KEPT_ID_BYTES;
  while (isContinuation(bytes[end])) end--;
  return `${bytes.toString('utf8', 0, end)}~${createHash('sha256').update(bytes).digest('hex')}`;
}

/** Whether an id is longer than those that this program makes. */
export function isTooLongForId(id: string): boolean {
  return id.length * 3 > MAX_ID_BYTES && Buffer.byteLength(id) > MAX_ID_BYTES;
}

/** Whether an id is the beginning of a longer one and its hash; no other id looks so. */
export function isShortened(id: string): boolean {
  return SHORTENED.test(id) && Buffer.byteLength(id) > KEPT_ID_BYTES;
}

/** A part of a key or id from data, so that it cannot be taken for two. */
export function escapePart(part: string): string {
  return part.includes('%') || part.includes(':') ? part.replaceAll('%', '%25').replaceAll(':', '%3A') : part;
}

/** The part that was escaped. */
export function unescapePart(part: string): string {
  return part.replaceAll('%3A', ':').replaceAll('%25', '%');
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
