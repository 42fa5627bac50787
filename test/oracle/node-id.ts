import { createHash } from 'node:crypto';

/** A part of a key that comes from data, written so that it cannot be taken for two parts. */
export function keyPart(text: string): string {
  return text.replaceAll('%', '%25').replaceAll(':', '%3A');
}

/** The id of the node with this key: the whole of it, or its first bytes and its digest where it is too long. */
export function nodeId(key: string, type = 'audit_event'): string {
  const whole = `${type}:${key}`;
  if (Buffer.byteLength(whole) <= 512) return whole;
  let kept = '';
  for (const character of whole) {
    if (Buffer.byteLength(kept + character) > 440) break;
    kept += character;
  }
  return `${kept}~${createHash('sha256').update(whole, 'utf8').digest('hex')}`;
}
