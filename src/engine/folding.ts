import type { AnyExtractor, Draft } from '../model/extractor.ts';
import type { StagedDraft, Staging } from '../model/staging.ts';
import { breachOf, foldOf } from './extractor-breach.ts';
import { keyOf, stageWhole } from './staged-draft.ts';

/** So much is folded in memory before it goes to the staging store: keys, and characters of keys and whole drafts. */
const KEYS_IN_MEMORY = 20_000;
const CHARACTERS_IN_MEMORY = 16_000_000;

const REASONS_TOLD = 20;

/** Folds the drafts of one extractor: in memory while they are few, then into the staging store on disk. */
export class Folding {
  readonly #extractor: AnyExtractor;
  readonly #staging: Staging;
  #whole: StagedDraft[] = [];
  #states = new Map<string, unknown>();
  #characters = 0;
  #dropped = 0;
  readonly #skips = new Map<string, number>();

  constructor(extractor: AnyExtractor, staging: Staging) {
    this.#extractor = extractor;
    this.#staging = staging;
  }

  /** Drafts dropped because a whole draft had their key before. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Rows no node could be made of, by reason. */
  get skips(): ReadonlyMap<string, number> {
    return this.#skips;
  }

  add(draft: Draft<unknown>): void {
    if (typeof draft !== 'object' || draft === null) throw breachOf(this.#extractor, 'yielded what is no draft');
    if ('skip' in draft) {
      this.#countSkip(draft.skip);
      return;
    }
    const key = keyOf(this.#extractor, draft);
    if ('state' in draft) this.#merge(key, draft.state);
    else this.#stage(stageWhole(this.#extractor, key, draft));
    this.#characters += key.length;
    if (this.#whole.length + this.#states.size >= KEYS_IN_MEMORY || this.#characters > CHARACTERS_IN_MEMORY)
      this.flush();
  }

  flush(): void {
    const states = [...this.#states].map(([key, state]) => ({ key, whole: false, body: JSON.stringify(state) }));
    this.#dropped += this.#staging.put([...this.#whole, ...states]);
    this.#whole = [];
    this.#states = new Map();
    this.#characters = 0;
  }

  #stage(draft: StagedDraft): void {
    this.#whole.push(draft);
    this.#characters += draft.body.length;
  }

  /** Reasons may be made from data, so only the first few are told apart. */
  #countSkip(reason: string): void {
    const told = this.#skips.has(reason) || this.#skips.size < REASONS_TOLD ? reason : 'other reasons';
    this.#skips.set(told, (this.#skips.get(told) ?? 0) + 1);
  }

  #merge(key: string, state: unknown): void {
    const known = this.#states.get(key);
    this.#states.set(key, known === undefined ? state : foldOf(this.#extractor).merge(known, state));
  }
}

/** The merge of states as they are staged. */
export function mergeBodies(extractor: AnyExtractor): (a: string, b: string) => string {
  return (a, b) => JSON.stringify(foldOf(extractor).merge(JSON.parse(a), JSON.parse(b)));
}
