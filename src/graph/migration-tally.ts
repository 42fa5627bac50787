import type { MigrationCounts } from '../model/trail-migration.ts';
import type { Judgement } from './judge-event.ts';

/** So many ids and types are named. */
const NAMED = 10;

/** Counts what became of events. */
export class MigrationTally {
  readonly #events = new Map<Judgement['outcome'], number>();
  readonly #ambiguous: string[] = [];
  readonly #types = new Set<string>();

  add({ outcome, event, types }: Judgement): void {
    this.#events.set(outcome, this.#count(outcome) + 1);
    if (outcome === 'ambiguous' && this.#ambiguous.length < NAMED) this.#ambiguous.push(event.id);
    for (const type of types) if (this.#types.size < NAMED) this.#types.add(type);
  }

  counts(): MigrationCounts {
    return {
      events_migrated: this.#count('migrated'),
      in_place: this.#count('in-place'),
      on_other_trails: this.#count('on-other-trail'),
      ambiguous: { events: this.#count('ambiguous'), ids: [...this.#ambiguous] },
      held_by_others: { events: this.#count('held-by-others'), types: [...this.#types].toSorted() },
    };
  }

  #count(outcome: Judgement['outcome']): number {
    return this.#events.get(outcome) ?? 0;
  }
}
