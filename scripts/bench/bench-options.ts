import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What is to be measured, and where. */
export interface BenchOptions {
  readonly rows: number;
  readonly newRows: number;
  readonly repeat: number;
  readonly baseline: string | undefined;
  readonly folder: string;
  readonly out: string;
  readonly docs: boolean;
}

export const HELP = `Usage: npm run --silent bench -- [options]

Measures audit-extract as whole processes, side by side with what it is compared with, on databases made for it.
Tables go to stdout, what is being done goes to stderr. Whether goals are met is no failure.

Options:
  --rows <n>            tool calls in the database (default: 17000000, 2.4 GB); a second one has a tenth of them
  --new-rows <n>        tool calls appended before a run with new rows (default: a thousandth of --rows)
  --repeat <n>          how often everything is measured; medians are printed (default: 3)
  --baseline <command>  another program to compare with, run by the shell: {source} and {target} are replaced by
                        paths; where neither is named, " SOURCE --write TARGET" is appended
  --folder <folder>     where databases are made and kept for the next time
                        (default: audit-extract-bench in the folder for temporary files)
  --out <file>          where the numbers go as JSON (default: bench/results.json)
  --docs                write the tables to docs/performance.md too
  --help                print this help

Exit codes: 0 measured, 1 something could not be run, 2 usage.
`;

/** A command line that cannot be understood. */
export class UsageError extends Error {}

/** Reads the flags; undefined when help is asked for. */
export function readOptions(args: readonly string[]): BenchOptions | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  const rows = count('--rows', values.rows, 1000);
  return {
    rows,
    newRows: count('--new-rows', values['new-rows'] ?? String(Math.floor(rows / 1000)), 1),
    repeat: count('--repeat', values.repeat, 1),
    baseline: values.baseline,
    folder: resolve(values.folder),
    out: resolve(values.out),
    docs: values.docs,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        rows: { type: 'string', default: '17000000' },
        'new-rows': { type: 'string' },
        repeat: { type: 'string', default: '3' },
        baseline: { type: 'string' },
        folder: { type: 'string', default: join(tmpdir(), 'audit-extract-bench') },
        out: { type: 'string', default: join(import.meta.dirname, '../../bench/results.json') },
        docs: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Digits with underscores between them where they help. */
function count(flag: string, text: string, least: number): number {
  const value = /^\d[\d_]*$/.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN;
  if (!Number.isSafeInteger(value) || value < least)
    throw new UsageError(`${flag} must be a whole number from ${least} on, not ${JSON.stringify(text)}`);
  return value;
}
