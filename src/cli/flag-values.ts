import type { Option } from 'commander';

/** The values of flags that take one of a few; commander would check them, too, in words of its own. */
const VALUES = new WeakMap<Option, readonly string[]>();

/** Notes what values a flag takes. */
export function withValues(option: Option, values: readonly string[]): Option {
  VALUES.set(option, values);
  return option;
}

/** The values that a flag takes; undefined where they are not a few. */
export const valuesOf = (option: Option): readonly string[] | undefined => VALUES.get(option);
