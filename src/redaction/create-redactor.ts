import { createHash } from 'node:crypto';
import { notRedacting, type RedactionSettings, type Redactor, type SecretCounts } from '../model/redaction.ts';
import { cleanJsonTexts } from './clean-json-texts.ts';
import { customRule } from './custom-rules.ts';
import type { FindSecrets } from './finding.ts';
import { KINDS } from './kinds.ts';
import { OWN_VERSION, ownRules } from './own-rules.ts';
import { hasTrace } from './prefilter.ts';
import { findRecommended, RECOMMENDED_VERSION } from './recommended-rules.ts';
import { replaceSecrets } from './replace-secrets.ts';

/** The rules that everybody needs, and no others. */
export const RECOMMENDED: RedactionSettings = { patterns: [] };

/** The redactor for some settings. Throws a SyntaxError where a pattern is no regular expression. */
export function createRedactor(settings: RedactionSettings): Redactor {
  return settings === 'off' ? notRedacting : new RuleRedactor(settings);
}

class RuleRedactor implements Redactor {
  readonly rules: string;
  readonly #custom;
  readonly #kinds: ReadonlySet<string>;
  readonly #all: readonly FindSecrets[];
  #counts = new Map<string, number>();

  constructor({ patterns }: Exclude<RedactionSettings, 'off'>) {
    const digest = createHash('sha256').update(JSON.stringify(patterns)).digest('hex').slice(0, 16);
    this.rules = [RECOMMENDED_VERSION, OWN_VERSION, ...(patterns.length > 0 ? [digest] : [])].join('+');
    this.#custom = patterns.map(customRule);
    this.#kinds = new Set([...KINDS, ...patterns.map(({ name }) => name)]);
    this.#all = [findRecommended, ...ownRules, ...this.#custom];
  }

  mayHold(text: string): boolean {
    return hasTrace(text) || this.#custom.some((find) => find(text).next().done !== true);
  }

  redact(text: string): string {
    return this.#replace(text, (kind) => this.#add(kind, 1));
  }

  clean(text: string): string {
    return this.#replace(text, () => {});
  }

  cleanJson(json: string): string {
    // A backslash may stand between the parts of a trace, and a pattern may want to see the ends of a text.
    const isClean = this.#custom.length === 0 && !hasTrace(json) && !json.includes('\\');
    return isClean ? json : cleanJsonTexts(json, (text) => this.clean(text));
  }

  count(counts: SecretCounts): void {
    for (const [kind, secrets] of counts) this.#add(kind, secrets);
  }

  takeCounts(): SecretCounts {
    const counts = this.#counts;
    this.#counts = new Map();
    return counts;
  }

  #add(kind: string, secrets: number): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + secrets);
  }

  #replace(text: string, found: (kind: string) => void): string {
    const find = hasTrace(text) ? this.#all : this.#custom;
    return find.length > 0 ? replaceSecrets(text, { find, kinds: this.#kinds }, found) : text;
  }
}
