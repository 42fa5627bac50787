import { basename, dirname, extname } from 'node:path';
import { badValue } from '../model/bad-value.ts';
import { AuditError } from '../model/errors.ts';
import { isOrigin, ORIGIN_FORM } from '../model/origin.ts';
import type { Given } from './setting-layers.ts';

/** The origins that are given, or what they are made of, in the order of the sources they are for. */
export const originsIn = (given: Given | undefined): readonly string[] =>
  given === undefined ? [] : given.value.split(',').map((origin) => origin.trim());

/** The origin of the only source, where one is given. Throws on what cannot be one. */
export function soleOrigin(given: Given | undefined, source: string | undefined): string | undefined {
  const [origin, ...others] = originsIn(given);
  if (given === undefined || origin === undefined) return undefined;
  if (others.length > 0) {
    throw new AuditError(
      'usage',
      `${given.name} gives ${others.length + 1} origins, and there is one source`,
      'give one',
    );
  }
  // Without a source nothing is of an origin, and its name is not known.
  if (source === undefined && origin.includes('{')) return undefined;
  return originOfSource(origin, source ?? '', given);
}

/** What stands in braces is taken from the path of the source. */
export function originOfSource(template: string, source: string, given: Given): string {
  const origin = template
    .replaceAll('{folder}', () => basename(dirname(source)))
    .replaceAll('{name}', () => basename(source, extname(source)));
  if (isOrigin(origin)) return origin;
  const made = origin === template ? '' : `, which is '${origin}' for ${source}`;
  throw badValue({ ...given, value: template }, `give ${ORIGIN_FORM}, or {folder} or {name} of such${made}`);
}
