import { toMilliseconds } from './instant.ts';
import type { Properties } from './properties.ts';

/** When something was, in milliseconds since 1970. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

const FIRST = ['first_occurrence', 'timestamp', 'created_at'];
const LAST = ['last_occurrence', 'timestamp', 'updated_at', 'created_at'];

/** When an event was, by its own properties; undefined where none of them is a date. Of one end that is missing the other speaks. */
export function spanOf(properties: Properties): Span | undefined {
  const first = momentOf(properties, FIRST);
  const last = momentOf(properties, LAST);
  const either = first ?? last;
  return either === undefined ? undefined : { first: first ?? either, last: last ?? either };
}

function momentOf(properties: Properties, names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = properties[name];
    const moment = typeof value === 'string' ? toMilliseconds(value) : undefined;
    if (moment !== undefined) return moment;
  }
  return undefined;
}
