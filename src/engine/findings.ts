import type { Redactor } from '../model/redaction.ts';
import { type Disagreement, type Finding, noCounts, type VerifyCounts } from '../model/verification.ts';
import { cleanId } from './clean-id.ts';

/** So many findings are listed; the rest is counted. */
const LISTED = 10_000;

/** What may become of a node that is verified. */
export type Verdict = keyof VerifyCounts;

/** Counts verdicts by extractor, and lists disagreements. */
export class Findings {
  readonly #counts = new Map<string, Record<Verdict, number>>();
  readonly #listed: Finding[] = [];
  readonly #redactor: Redactor;
  #leftOut = 0;

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }

  count(extractor: string, verdict: Verdict): void {
    const counts = this.#counts.get(extractor) ?? { ...noCounts };
    counts[verdict]++;
    this.#counts.set(extractor, counts);
  }

  add(kind: Disagreement, extractor: string, id: string, what: string): void {
    this.count(extractor, kind);
    if (this.#listed.length < LISTED) this.#listed.push({ kind, id: cleanId(id, this.#redactor), extractor, what });
    else this.#leftOut++;
  }

  /** Takes in what others have found. */
  include(others: Findings): void {
    for (const [name, counts] of others.extractors()) {
      this.#counts.set(name, sumOf(this.#counts.get(name) ?? noCounts, counts));
    }
    const room = LISTED - this.#listed.length;
    this.#listed.push(...others.listed.slice(0, room));
    this.#leftOut += others.leftOut + Math.max(0, others.listed.length - room);
  }

  get listed(): readonly Finding[] {
    return this.#listed;
  }

  get leftOut(): number {
    return this.#leftOut;
  }

  extractors(): readonly (readonly [name: string, counts: VerifyCounts])[] {
    return [...this.#counts];
  }

  totals(): VerifyCounts {
    return [...this.#counts.values()].reduce<VerifyCounts>(sumOf, noCounts);
  }
}

function sumOf(one: VerifyCounts, other: VerifyCounts): Record<Verdict, number> {
  const sum: Record<Verdict, number> = { ...one };
  for (const verdict of Object.keys(noCounts)) if (isVerdict(verdict)) sum[verdict] += other[verdict];
  return sum;
}

function isVerdict(name: string): name is Verdict {
  return name in noCounts;
}
