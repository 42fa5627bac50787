/** The questions that are to be answered within a moment. */
export const QUESTIONS = ['query-newest', 'query-tool', 'query-rare', 'query-session', 'query-words', 'stats'] as const;

/** What is measured, by short names for the code and the JSON. */
export const SUBJECTS = [
  'baseline',
  'one-statement',
  'count',
  'first-run',
  'as-modules',
  'bare-run',
  'without-indexes',
  'without-changes',
  'without-hooks',
  'verify',
  'nothing-new',
  'new-rows',
  ...QUESTIONS,
  'log',
  'first-run-tenth',
  'new-rows-tenth',
  'edges-tenth',
  'version',
  'node',
] as const;

export type Subject = (typeof SUBJECTS)[number];

/** The sizes that names tell. */
export interface Sizes {
  readonly rows: number;
  readonly newRows: number;
}

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ' ');

/** What people read for a subject. */
export function labelsOf({ rows, newRows }: Sizes): Readonly<Record<Subject, string>> {
  const [all, tenth, some] = [rows, Math.floor(rows / 10), newRows].map(grouped);
  return {
    baseline: `baseline, ${all} rows`,
    'one-statement': `one SQL statement a table, ${all} rows`,
    count: `counting the failed calls, ${all} rows`,
    'first-run': `first full run, ${all} rows`,
    'as-modules': 'the same as single modules, to compare the next ones with',
    'bare-run': `the same without redaction, fingerprint and seals`,
    'without-indexes': 'the same without what questions are answered from',
    'without-changes': 'the same without the log of changes',
    'without-hooks': 'the same without room for hooks',
    verify: `verify, ${all} rows`,
    'nothing-new': `a run with nothing new, ${all} rows`,
    'new-rows': `a run with ${some} new rows, ${all} rows before`,
    'query-newest': 'query: the newest 50 events',
    'query-tool': 'query: errors of one type of the tool that has most',
    'query-rare': 'query: errors of the tool that has fewest',
    'query-session': 'query: one session',
    'query-words': 'query: a word',
    stats: 'stats: the overview',
    log: 'log: 10 000 actions',
    'first-run-tenth': `first full run, ${tenth} rows`,
    'new-rows-tenth': `a run with ${some} new rows, ${tenth} rows before`,
    'edges-tenth': `first full run with edges, ${tenth} rows`,
    version: 'audit-extract --version',
    node: 'node -e 0',
  };
}
