import type { Finding, FindSecrets } from './finding.ts';

/** What is looked for, and what it may turn out to be. */
export interface Rules {
  readonly find: readonly FindSecrets[];
  readonly kinds: ReadonlySet<string>;
}

/** What stands where a secret was. */
const PLACEHOLDER = /\[redacted:([a-z0-9-]{1,40})\]/g;

const placeholderOf = (kind: string): string => `[redacted:${kind}]`;

/** A replacement may bring together what is a secret then; after so many rounds the text as a whole is one. */
const ROUNDS = 5;

/**
 * Replaces all that the rules find, until they find nothing more: what comes out stays as it is when it comes in again.
 * A rule that fails says nothing of a text, so that is replaced whole.
 */
export function replaceSecrets(text: string, rules: Rules, found: (kind: string) => void): string {
  let clean = text;
  for (let round = 0; round < ROUNDS; round++) {
    const findings = tryRules(clean, rules);
    if (findings === undefined) break;
    if (findings.length === 0) return clean;
    for (const { kind } of findings) found(kind);
    clean = replaceAll(clean, findings);
  }
  found('unknown');
  return placeholderOf('unknown');
}

function tryRules(text: string, { find, kinds }: Rules): readonly Finding[] | undefined {
  try {
    const findings = find.flatMap((rule) => [...rule(text)]);
    return findings.length === 0 ? findings : mergeOverlapping(withoutPlaceholders(text, findings, kinds));
  } catch {
    return undefined;
  }
}

/** What was found in a placeholder is none of the data's; one of a kind that nobody knows is no placeholder. */
function withoutPlaceholders(
  text: string,
  findings: readonly Finding[],
  kinds: ReadonlySet<string>,
): readonly Finding[] {
  const all = [...text.matchAll(PLACEHOLDER)].filter(([, kind = '']) => kinds.has(kind));
  const placeholders = all.map(({ index, 0: match }) => [index, index + match.length]);
  const isInside = ({ start, end }: Finding) => placeholders.some(([from = 0, to = 0]) => from <= start && end <= to);
  return findings.filter((finding) => !isInside(finding));
}

/** Findings in order; of those that share a part the first, or else the longest, says of what kind they all are. */
function mergeOverlapping(findings: readonly Finding[]): readonly Finding[] {
  const merged: Finding[] = [];
  for (const finding of findings.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last === undefined || finding.start >= last.end) merged.push(finding);
    else merged[merged.length - 1] = { ...last, end: Math.max(last.end, finding.end) };
  }
  return merged;
}

function replaceAll(text: string, findings: readonly Finding[]): string {
  let [clean, at] = ['', 0];
  for (const { start, end, kind } of findings) {
    clean += text.slice(at, start) + placeholderOf(kind);
    at = end;
  }
  return clean + text.slice(at);
}
