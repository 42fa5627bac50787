import { createHash } from 'node:crypto';

const MAX_ID_BYTES = 512;
const KEPT_ID_BYTES = 440;
const SHORTENED = /~[0-9a-f]{64}$/;

/** What stands in a key for a text that a row lacks (SPEC section 3). */
export const ABSENT_PART = 'unknown';

/** Joins a prefix and parts from data into one key; escaping keeps two keys apart that plain joining would merge. */
export function joinKey(prefix: string, parts: readonly string[]): string {
  let key = prefix;
  for (const part of parts) key += `:${escapePart(part)}`;
  return key;
}

/** The parts alone, escaped and joined: what a node's `source_id` is unless its extractor says otherwise. */
export function withoutPrefix(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}

/** The parts that `joinKey` was given, the prefix left out. */
export function partsOfKey(key: string): readonly string[] {
  const parts = key.split(':');
  parts.shift();
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
