import type { Command } from 'commander';
import { addCommonOptions, type CommonOptions } from '../common-options.ts';

/** The flags of `run`, as commander gives them. */
export interface RunFlags extends CommonOptions {
  readonly only?: string;
  readonly skip?: string;
  readonly dryRun?: true;
  readonly full?: true;
  readonly batchSize?: string;
  readonly errorStatus?: string;
  readonly extractor?: string;
}

const EXAMPLES = `
Exit codes: 0 done, 1 failed, 2 usage, 3 partial, 4 source or target cannot serve, 75 busy, 130 and 143 interrupted.

Examples:
  $ audit-extract                                        sessions.db and org.db in their usual folder
  $ audit-extract -s sessions.db -t org.db --dry-run     see what would change, write nothing
  $ audit-extract -s sessions.db -t org.db --only tool-errors --error-status error,failed,timeout
  $ audit-extract -s sessions.db -t org.db --json | jq .totals
  $ audit-extract -s sessions.db -t org.db --extractor ./slow-tools.js`;

/** A list flag may be given more than once. */
const collect = (value: string, before: string | undefined): string =>
  before === undefined ? value : `${before},${value}`;

/** Declares `run`: its flags, its help, and what happens when it is called. */
export function declareRun(program: Command, action: (flags: RunFlags) => Promise<void>): void {
  addCommonOptions(program.command('run'))
    .description('extract audit nodes from sessions.db into org.db (this is the default command)')
    .option('--only <names>', 'run these extractors only, separated by commas', collect)
    .option('--skip <names>', 'leave these extractors out', collect)
    .option('-n, --dry-run', 'show what a run would change, and write nothing')
    .option('--full', 'derive everything anew (in this version every run does)')
    .option('--batch-size <n>', 'nodes in one transaction, at the most (default: 5000)')
    .option('--error-status <list>', 'the statuses that mean failure (default: error)', collect)
    .option('--extractor <module>', 'add an extractor of your own: a file or a package', collect)
    .addHelpText('after', EXAMPLES)
    .action(action);
}
