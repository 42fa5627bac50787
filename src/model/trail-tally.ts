import { dayOf } from './event-facets.ts';
import { eventTime } from './event-time.ts';
import { compareInstants, parseInstant, toMilliseconds } from './instant.ts';
import { compareUtf8 } from './text.ts';
import type { TrailDay, TrailSummary, TrailUser } from './trail.ts';

/** Counts the events of a trail by kind and day. */
export class TrailTally {
  /** By day, empty where there is none, and kind. */
  readonly #days = new Map<string, Map<string | null, number>>();
  #events = 0;
  #first: string | undefined;
  #last: string | undefined;

  add(subtype: string | null, properties: string | null): void {
    const time = eventTime(properties);
    const day = time === undefined ? '' : dayOf(toMilliseconds(time) ?? null);
    const kinds = this.#days.get(day) ?? new Map<string | null, number>();
    kinds.set(subtype, (kinds.get(subtype) ?? 0) + 1);
    this.#days.set(day, kinds);
    this.#events++;
    if (time === undefined) return;
    if (this.#first === undefined || compareTimes(time, this.#first) < 0) this.#first = time;
    if (this.#last === undefined || compareTimes(time, this.#last) > 0) this.#last = time;
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

function compareTimes(a: string, b: string): number {
  const [x, y] = [parseInstant(a), parseInstant(b)];
  return x === undefined || y === undefined ? 0 : compareInstants(x, y);
}
