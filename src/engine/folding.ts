import type { AnyExtractor, Draft } from '../model/extractor.ts';
import { keyOfDraft } from './draft-key.ts';
import { breachOf, foldOf } from './extractor-breach.ts';
import { type WrittenContent, writeContent } from './node-content.ts';

/** So much is folded in memory: keys, and characters of keys and whole drafts. */
const KEYS_IN_MEMORY = 5_000;
const CHARACTERS_IN_MEMORY = 16_000_000;

const REASONS_TOLD = 20;

/** All drafts of one key so far: a whole one, or the state of partial ones and how many they were. */
export type Folded = { readonly whole: WrittenContent } | { readonly state: unknown; readonly drafts: number };

/** What was read and not folded. */
export interface NotFolded {
  /** Rows no node could be made of, by reason. */
  readonly skips: readonly (readonly [reason: string, rows: number])[];
  /** Whole drafts dropped because another had their key before. */
  readonly dropped: number;
}

/** Folds the drafts of one extractor by key, in memory. */
export class Folding {
  readonly #extractor: AnyExtractor;
  readonly #skips = new Map<string, number>();
  #folded = new Map<string, Folded>();
  #characters = 0;
  #dropped = 0;
  #lastKey = '';

  constructor(extractor: AnyExtractor) {
    this.#extractor = extractor;
  }

  /** Whether it is time to take what there is. */
  get isFull(): boolean {
    return this.#folded.size >= KEYS_IN_MEMORY || this.#characters > CHARACTERS_IN_MEMORY;
  }

  add(draft: Draft<unknown>): void {
    if (typeof draft !== 'object' || draft === null) throw breachOf(this.#extractor, 'yielded what is no draft');
    if ('skip' in draft) this.#countSkip(draft.skip);
    else this.#fold(keyOfDraft(this.#extractor, draft.key), draft);
  }

  /** Everything folded so far by key; the folding is empty then. */
  take(): ReadonlyMap<string, Folded> {
    const folded = this.#folded;
    this.#folded = new Map();
    this.#characters = 0;
    return folded;
  }

  /** The same but for the key that came last, to which more may come: where rows are sorted, to no other. */
  takeAllButLast(): ReadonlyMap<string, Folded> {
    const folded = this.#folded;
    const last = this.#lastKey;
    const draft = folded.get(last);
    this.take();
    if (draft === undefined) return folded;
    folded.delete(last);
    this.#folded.set(last, draft);
    return folded;
  }

  /** What was not folded since the last call: rows without a node, by reason, and drafts whose key was taken. */
  takeCounts(): NotFolded {
    const counts = { skips: [...this.#skips], dropped: this.#dropped };
    this.#skips.clear();
    this.#dropped = 0;
    return counts;
  }

  #fold(key: string, draft: Exclude<Draft<unknown>, { skip: string }>): void {
    const before = this.#folded.get(key);
    this.#lastKey = key;
    if (before !== undefined && 'state' in draft !== 'state' in before) {
      throw breachOf(this.#extractor, 'made whole and partial drafts of one key');
    }
    if ('state' in draft) {
      this.#folded.set(key, this.#merge(before, draft.state));
    } else if (before === undefined) {
      const whole = writeContent(this.#extractor, key, draft);
      this.#folded.set(key, { whole });
      this.#characters += whole[0].length + whole[1].length;
    } else {
      this.#dropped++;
    }
    if (before === undefined) this.#characters += key.length;
  }

  #merge(before: Folded | undefined, state: unknown): Folded {
    const fold = foldOf(this.#extractor);
    if (before === undefined || !('state' in before)) return { state, drafts: 1 };
    return { state: fold.merge(before.state, state), drafts: before.drafts + 1 };
  }

  /** Reasons may be made from data, so only the first few are told apart. */
  #countSkip(reason: string): void {
    const told = this.#skips.has(reason) || this.#skips.size < REASONS_TOLD ? reason : 'other reasons';
    this.#skips.set(told, (this.#skips.get(told) ?? 0) + 1);
  }
}
