import { flagOf } from './setting-layers.ts';

/** The settings that a command line for the same run repeats, in the order of its words. */
const REPEATED = [
  'source',
  'target',
  'origin',
  'config',
  'only',
  'skip',
  'batchSize',
  'errorStatus',
  'extractor',
  'trail',
  'linker',
  'hook',
  'wait',
] as const;

/** The flags of switches, where somebody has said how they stand. */
export function switchWords(
  switches: { readonly [name in 'redact' | 'edges']?: boolean | string | undefined },
): string[] {
  return Object.entries(switches).flatMap(([name, value]) => {
    return value === undefined ? [] : [String(value) === 'false' ? `--no-${name}` : `--${name}`];
  });
}

/** Flags and values that give a run these settings; a setting that is not there is left to the run's own resolving. */
export function runWords(given: { readonly [name in (typeof REPEATED)[number]]?: string | undefined }): string[] {
  return REPEATED.flatMap((name) => {
    const value = given[name];
    return value === undefined ? [] : [flagOf(name), value];
  });
}
