import type { KnownVersions } from '../threads/require-version.ts';
import { httpProblem } from './problem.ts';
import { RequestProblem } from './request-problem.ts';

const TAGS = /^\s*(?:(?:W\/)?"[^"]*"\s*(?:,\s*|$))+$/;
const STRONG = /(?<!W\/)"([^"]*)"/g;

/** The versions that an `If-Match` names; undefined where any is meant. A weak tag is no version: it may stand for several. */
export function knownVersions(given: string | undefined): KnownVersions {
  if (given === undefined || given.trim() === '*') return undefined;
  if (TAGS.test(given)) return Array.from(given.matchAll(STRONG), ([, version = '']) => version);
  throw new RequestProblem(httpProblem(400, 'If-Match has no entity tag', 'send an ETag as it came, quotes included'));
}
