import type { Database } from 'better-sqlite3';
import { beginOf, escapePart, nodeId, originOf, prefixOf } from '../../model/key.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import { compareUtf8, firstCodePoints } from '../../model/text.ts';
import type { TableShape } from '../table-shape.ts';
import { columnOf } from './scanned-nodes.ts';

/** The keys from one on and before another one. */
export interface KeyRange {
  readonly low: string;
  readonly before: string;
}

/** All keys; each begins with the prefix of its extractor. */
export const ALL_KEYS: KeyRange = { low: '', before: '\u{10ffff}' };

/** Which keys recorded events have. */
export interface KeyRanges {
  /** Keys whose first part is this session. */
  ofSession(session: string): readonly KeyRange[];
  /** Keys of extractors that make nodes of a subtype, in order. */
  ofSubtype(subtype: string): readonly KeyRange[];
}

const rangeOf = (begin: string): KeyRange => ({ low: `${begin}:`, before: `${begin};` });

/** So much of an id is that of its key, too, however long the key is. */
const SAME_BEGIN = 100;

/** What there may be in ranges of the keys whose ids come after one, or before it where they are reversed. */
export function rangesAfter(ranges: readonly KeyRange[], id: string, isReversed: boolean): readonly KeyRange[] {
  const begin = firstCodePoints(id.slice(nodeId(AUDIT_EVENT, '').length), SAME_BEGIN);
  const rest = isReversed ? { low: '', before: `${begin}${ALL_KEYS.before}` } : { low: begin, before: ALL_KEYS.before };
  return ranges
    .map((range) => ({ low: laterOf(range.low, rest.low), before: earlierOf(range.before, rest.before) }))
    .filter(({ low, before }) => compareUtf8(low, before) < 0);
}

const laterOf = (a: string, b: string): string => (compareUtf8(a, b) < 0 ? b : a);
const earlierOf = (a: string, b: string): string => (compareUtf8(a, b) < 0 ? a : b);

/** Prepares finding the keys of events of a prefix and a session, one range for each origin. Our tables must be there. */
export function prepareKindRanges(db: Database): (prefix: string, session: string) => readonly KeyRange[] {
  const firstOf = db
    .prepare<[string], string>(
      "SELECT key FROM audit_entries WHERE key >= ? AND key < 'A' AND typeof(key) = 'text' ORDER BY key LIMIT 1",
    )
    .pluck();

  function origins(): readonly string[] {
    const found: string[] = [];
    for (let low = '@'; ; ) {
      const key = firstOf.get(low);
      if (key === undefined) return found;
      const origin = originOf(key);
      if (origin !== undefined) found.push(origin);
      low = origin === undefined ? `${key}\0` : `@${origin};`;
    }
  }

  return (prefix, session) =>
    [undefined, ...origins()].map((origin) => rangeOf(`${beginOf(origin)}${prefix}:${escapePart(session)}`));
}

/** Prepares them. Our tables must be there. */
export function prepareKeyRanges(db: Database, table: TableShape): KeyRanges {
  const keys = "FROM audit_entries WHERE key >= ? AND key < ? AND typeof(key) = 'text'";
  const firstKey = db.prepare<[string, string], string>(`SELECT key ${keys} ORDER BY key LIMIT 1`).pluck();
  const lastKey = db.prepare<[string, string], string>(`SELECT key ${keys} ORDER BY key DESC LIMIT 1`).pluck();
  const subtypeOf = db
    .prepare<[string], unknown>(
      `SELECT CAST(${columnOf(table, 'subtype')} AS TEXT) FROM kg_nodes WHERE ${columnOf(table, 'id')} = ?`,
    )
    .pluck();

  function prefixes(): readonly string[] {
    const found: string[] = [];
    for (let low = ''; ; ) {
      const key = firstKey.get(low, ALL_KEYS.before);
      if (key === undefined) return found;
      const prefix = prefixOf(key);
      if (prefix !== undefined) found.push(prefix);
      low = prefix === undefined ? `${key}\0` : rangeOf(prefix).before;
    }
  }

  /** A run goes along the keys; so where the subtype of a prefix is being changed, the first and the last differ. */
  function mayHold({ low, before }: KeyRange, subtype: string): boolean {
    const ends = [firstKey, lastKey].map((end) => end.get(low, before));
    const subtypes = ends.map((key) => key !== undefined && subtypeOf.get(nodeId(AUDIT_EVENT, key)));
    return subtypes.includes(subtype) || subtypes[0] !== subtypes[1];
  }

  return {
    ofSession: (session) => prefixes().map((prefix) => rangeOf(`${prefix}:${escapePart(session)}`)),
    ofSubtype: (subtype) =>
      prefixes()
        .map(rangeOf)
        .filter((range) => mayHold(range, subtype)),
  };
}
