import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The environment of a program with a module of `test/faults` loaded before it. */
export function preloading(module: string, env: Readonly<Record<string, string>> = {}): Record<string, string> {
  const url = pathToFileURL(join(import.meta.dirname, '../faults', module)).href;
  return { NODE_OPTIONS: `--import ${url}`, ...env };
}
