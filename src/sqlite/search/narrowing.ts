import type { KeyRange } from './key-ranges.ts';

/** A value of a condition. */
export type Parameter = string | number;

/** Something to be true of an entry `e`. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

/** Entries that an index finds: `e` in these tables, under a condition. */
export interface Part extends Condition {
  readonly from: string;
}

/** One thing that a search asks for, as far as entries tell. */
export interface Narrowing {
  readonly condition: Condition;
  /** Where such entries are, each in one part; undefined where no index finds them. */
  readonly parts: readonly Part[] | undefined;
  /** Whether the condition takes long before it tells of the first entry. */
  readonly isSlow?: boolean;
}

/** When entries are to be: in a range, at any time that is known, or unknown. */
export type When =
  | { readonly since: number | undefined; readonly until: number | undefined }
  | 'dated'
  | 'undated'
  | 'any';

const by = (index: string): string => `audit_entries AS e INDEXED BY ${index}`;

/** The indexes along which entries are read in order. */
export const BY_TIME = by('audit_entries_by_time');
export const BY_KEY = by('sqlite_autoindex_audit_entries_1');

/** Entries of what a user did. */
export function ofUser(user: string): Narrowing {
  const condition = { sql: 'e.user = ?', parameters: [user] };
  return { condition, parts: [{ from: by('audit_entries_by_user'), ...condition }] };
}

/** Entries of a session, in which it stands, or the first part of whose keys it is. */
export function ofSession(session: string, ranges: readonly KeyRange[]): Narrowing {
  const stands = { sql: "e.session <> '' AND e.session = ?", parameters: [session] };
  const inKey = ranges.map(({ low, before }) => ({
    sql: "e.session = '' AND e.key >= ? AND e.key < ?",
    parameters: [low, before],
  }));
  const parts = [
    { from: by('audit_entries_by_session'), ...stands },
    ...inKey.map((part) => ({ from: BY_KEY, ...part })),
  ];
  return { condition: anyOf([stands, ...inKey]), parts };
}

/** Entries whose keys are in some ranges. */
export function inRanges(ranges: readonly KeyRange[]): Narrowing {
  const conditions = ranges.map(({ low, before }) => ({
    sql: 'e.key >= ? AND e.key < ?',
    parameters: [low, before],
  }));
  return { condition: anyOf(conditions), parts: conditions.map((part) => ({ from: BY_KEY, ...part })) };
}

/** Entries that are found by some words. */
export function withWords(query: string): Narrowing {
  return {
    condition: {
      sql: 'e.id IN (SELECT rowid FROM audit_words WHERE audit_words MATCH ?)',
      parameters: [query],
    },
    parts: [
      {
        from: 'audit_words CROSS JOIN audit_entries AS e',
        sql: 'audit_words MATCH ? AND e.id = audit_words.rowid',
        parameters: [query],
      },
    ],
    isSlow: true,
  };
}

/** Entries by their time. */
export function atTime(when: Exclude<When, 'any'>): Narrowing {
  if (when === 'dated') return { condition: { sql: 'e.last IS NOT NULL', parameters: [] }, parts: undefined };
  if (when === 'undated') {
    const condition = { sql: 'e.last IS NULL', parameters: [] };
    return { condition, parts: [{ from: BY_TIME, ...condition }] };
  }
  const { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = when;
  const condition = { sql: 'e.last >= ? AND e.first <= ?', parameters: [since, until] };
  return { condition, parts: [{ from: BY_TIME, ...condition }] };
}

/** Entries whose last moment is in a stretch of time that was not looked at yet; no index is worth asking for them. */
export function ofStretch({ low, before }: { readonly low: number; readonly before: number }): Narrowing {
  return { condition: { sql: 'e.last >= ? AND e.last < ?', parameters: [low, before] }, parts: undefined };
}

/** All of some conditions. */
export function allOf(conditions: readonly Condition[]): Condition {
  return joined(conditions, ' AND ', 'TRUE');
}

function anyOf(conditions: readonly Condition[]): Condition {
  return joined(conditions, ' OR ', 'FALSE');
}

function joined(conditions: readonly Condition[], word: string, none: string): Condition {
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(word) || none,
    parameters: conditions.flatMap(({ parameters }) => parameters),
  };
}
