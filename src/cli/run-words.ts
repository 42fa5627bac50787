import { flagOf } from './setting-layers.ts';

/** The settings that a command line for the same run repeats, in the order of its words. */
const REPEATED = [
  'source',
  'target',
  'config',
  'only',
  'skip',
  'batchSize',
  'errorStatus',
  'extractor',
  'wait',
] as const;

/** The flag that says whether secrets are replaced, where somebody has said so. */
export function redactWords(redact: string | undefined): readonly string[] {
  return redact === undefined ? [] : [redact === 'false' ? '--no-redact' : '--redact'];
}

/** Flags and values that give a run these settings; a setting that is not there is left to the run's own resolving. */
export function runWords(given: { readonly [name in (typeof REPEATED)[number]]?: string | undefined }): string[] {
  return REPEATED.flatMap((name) => {
    const value = given[name];
    return value === undefined ? [] : [flagOf(name), value];
  });
}
