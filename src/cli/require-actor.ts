import { badValue } from '../model/bad-value.ts';

/** Longer names say less. */
const LONGEST_ACTOR = 200;

/** Who is said to have done something, as `--actor` says; undefined where it does not. Throws on what is no name. */
export function requireActor(value: string | undefined): string | undefined {
  if (value === undefined || (value.trim() !== '' && value.length <= LONGEST_ACTOR)) return value;
  throw badValue({ name: '--actor', value }, `give a name of 1 to ${LONGEST_ACTOR} characters`);
}
