import type { Entry } from '../model/entry.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { WindowReader } from '../model/source.ts';
import type { OpenStaging, StagedDraft, Staging } from '../model/staging.ts';
import { foldOf } from './extractor-breach.ts';
import { foldWindows } from './fold-windows.ts';
import { type Folded, Folding, type NotFolded } from './folding.ts';
import { isAfter } from './key-order.ts';
import { stateText } from './state-text.ts';
import { stagedToEntry } from './to-entry.ts';

/** How rows are gathered. */
export interface GatheringOptions {
  /** Whether an earlier run has read them. */
  readonly isKnown: boolean;
  /** Only keys after this one are wanted: the others are in already. */
  readonly afterKey?: string | undefined;
  /** Only these keys are wanted; all of them when undefined. */
  readonly wanted?: ReadonlySet<string> | undefined;
}

/** All entries of an extractor's rows, folded in a store on disk before any of them is looked at. */
export class Gathering {
  readonly #extractor: AnyExtractor;
  readonly #staging: Staging;
  #rows = 0;
  #dropped = 0;
  #skips = new Map<string, number>();

  constructor(extractor: AnyExtractor, openStaging: OpenStaging) {
    this.#extractor = extractor;
    this.#staging = openStaging((a, b) => stateText(extractor, foldOf(extractor).merge(JSON.parse(a), JSON.parse(b))));
  }

  get rows(): number {
    return this.#rows;
  }

  get notFolded(): NotFolded {
    return { skips: [...this.#skips], dropped: this.#dropped };
  }

  /** Folds in what a reader reads. Yields the rows of each window. */
  *read(reader: WindowReader, how: GatheringOptions): Generator<number> {
    const folding = new Folding(this.#extractor);
    for (const rows of foldWindows(this.#extractor, reader, folding)) {
      this.#rows += rows;
      if (folding.isFull) this.#stage(folding, how);
      yield rows;
    }
    this.#stage(folding, how);
  }

  /** Whether any row gave something of this key. */
  has(key: string): boolean {
    return this.#staging.has(key);
  }

  count(): number {
    return this.#staging.count();
  }

  /** The drafts as staged, in the order of their keys. */
  drafts(): Iterable<StagedDraft> {
    return this.#staging.drafts();
  }

  /** The entries, in the order of their keys. */
  *entries(): Generator<Entry> {
    for (const draft of this.#staging.drafts()) yield stagedToEntry(this.#extractor, draft);
  }

  close(): void {
    this.#staging.close();
  }

  #stage(folding: Folding, how: GatheringOptions): void {
    this.#dropped += this.#staging.put(this.#toStaged(folding.take(), how));
    const { skips, dropped } = folding.takeCounts();
    this.#dropped += dropped;
    for (const [reason, rows] of skips) this.#skips.set(reason, (this.#skips.get(reason) ?? 0) + rows);
  }

  *#toStaged(
    folded: ReadonlyMap<string, Folded>,
    { isKnown, afterKey, wanted }: GatheringOptions,
  ): Generator<StagedDraft> {
    for (const [key, draft] of folded) {
      if (!isAfter(key, afterKey) || wanted?.has(key) === false) continue;
      const isWhole = 'whole' in draft;
      const drafts = isWhole ? 1 : draft.drafts;
      const body = isWhole ? JSON.stringify(draft.whole) : stateText(this.#extractor, draft.state);
      yield { key, whole: isWhole, body, drafts, known: isKnown ? drafts : 0 };
    }
  }
}
