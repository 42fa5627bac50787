import { dayOf } from './event-facets.ts';
import type { Span } from './event-span.ts';
import { compareUtf8 } from './text.ts';
import type { TrailDay, TrailSummary, TrailUser } from './trail.ts';

/** Counts the events of a trail by kind and day. */
export class TrailTally {
  /** By day, empty where there is none, and kind. */
  readonly #days = new Map<string, Map<string | null, number>>();
  #events = 0;
  #first: number | undefined;
  #last: number | undefined;

  /** An event, and when it was; undefined where that is not known. */
  add(subtype: string | null, span: Span | undefined): void {
    this.#count(dayOf(span?.last ?? null), subtype, 1);
    if (span !== undefined) this.#reach(span);
  }

  /** So many events of a kind and a day, empty where it is not known. */
  addDay(day: string, subtype: string, events: number): void {
    this.#count(day, subtype, events);
  }

  /** From when to when all of them were. */
  addSpan(span: Span): void {
    this.#reach(span);
  }

  summary(users: readonly TrailUser[]): TrailSummary {
    const days = [...this.#days.keys()].toSorted(compareDays);
    return {
      events: this.#events,
      first: this.#first ?? null,
      last: this.#last ?? null,
      days: days.flatMap((day) => this.#kindsOf(day)),
      users,
    };
  }

  #count(day: string, subtype: string | null, events: number): void {
    const kinds = this.#days.get(day) ?? new Map<string | null, number>();
    kinds.set(subtype, (kinds.get(subtype) ?? 0) + events);
    this.#days.set(day, kinds);
    this.#events += events;
  }

  #reach({ first, last }: Span): void {
    this.#first = Math.min(first, this.#first ?? first);
    this.#last = Math.max(last, this.#last ?? last);
  }

  #kindsOf(day: string): readonly TrailDay[] {
    const kinds = [...(this.#days.get(day) ?? [])].toSorted(([a], [b]) => compareKinds(a, b));
    return kinds.map(([subtype, events]) => ({ day: day === '' ? null : day, subtype, events }));
  }
}

/** Events without a kind come last. */
export function compareKinds(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compareUtf8(a, b);
}

function compareDays(a: string, b: string): number {
  if (a === '' || b === '') return Number(a === '') - Number(b === '');
  return compareUtf8(a, b);
}
