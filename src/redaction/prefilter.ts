/** No secret that the rules know is shorter. */
const SHORTEST = 12;

/**
 * A part that every secret of a kind has, the recommended ones and ours: what the rules find, this finds too, within any
 * text around it, at the cost of a glance. It has no look at what stands before or after, so it holds for texts joined as well.
 */
const TRACES = [
  'A3T[A-Z0-9]{17}',
  'A(?:KIA|GPA|IDA|ROA|IPA|NPA|NVA|SIA)[A-Z0-9]{16}',
  '(?:ACCESS|access|Access|SECRET|secret|Secret)_?(?:KEY|key|Key)',
  'PRIVATE KEY',
  '_authToken\\s*=',
  'npm_[A-Za-z0-9_]{36}',
  ':x-oauth-basic@',
  '://[^:/\\s]{0,256}:[^@/\\s]{1,256}@',
  'xox[a-z]-',
  'xapp-',
  '[hH][oO][oO][kK][sS]\\.[sS][lL][aA][cC][kK]\\.',
  'SG\\.[\\w-]{1,128}\\.',
  'shp(?:pa|ca|at|ss)_',
  'gh[pousr]_[A-Za-z0-9_]{36}',
  'github_pat_',
  'T3BlbkFJ',
  'sk-ant-api0',
  'lin_api_',
  'ops_ey',
];

const TRACE = new RegExp(TRACES.join('|'));

/** Whether a text has to be looked at closely. */
export function hasTrace(text: string): boolean {
  return text.length >= SHORTEST && TRACE.test(text);
}
