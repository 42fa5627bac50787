/**
 * Loaded before the program with `--import`, `?PART` after its name: runs it without a part, to measure what that costs, or
 * without nothing, to compare with. In each of its threads, as those are given the same flags.
 */
import { existsSync } from 'node:fs';
import { register } from 'node:module';
import { partsOf } from './stand-in-hooks.js';

const part = new URL(import.meta.url).search.slice(1);
const paths = Object.keys(partsOf(part));
// What stands in for nothing would measure nothing.
const gone = paths.find((path) => !existsSync(new URL(`../..${path}`, import.meta.url)));
if ((paths.length === 0) !== (part === 'nothing') || gone !== undefined)
  throw new Error(`nothing to leave out: ${part} ${gone ?? ''}`);
register('./stand-in-hooks.js', import.meta.url, { data: part });
