import type { Command } from 'commander';
import { addCommonOptions, type CommonOptions } from '../common-options.ts';
import { HOOK_OPTION } from '../setting-options.ts';

/** The flags of `import`, as commander gives them. */
export interface ImportFlags extends CommonOptions {
  readonly actor?: string;
  readonly dryRun?: true;
  readonly skipBad?: true;
  readonly hook?: string;
  readonly wait?: string;
}

const EXAMPLES = `
Takes what export writes as csv or ndjson. All of it is looked at first: where a row cannot come in nothing is written, and
the report names it by file and line.

Examples:
  $ audit-extract import graph.csv.zip -t new.db --dry-run
  $ audit-extract import graph.csv.zip -t new.db
  $ audit-extract import nodes.ndjson -t org.db --actor ann
  $ audit-extract import nodes.ndjson --skip-bad --json | jq -r '.bad[].message'`;

/** Declares `import`: its flags, its help, and what happens when it is called. */
export function declareImport(program: Command, action: (file: string, flags: ImportFlags) => Promise<void>): void {
  addCommonOptions(program.command('import <file>'))
    .description('put nodes, edges and records of an exported file into the graph')
    .option('--actor <name>', 'who is said to have done it (default: the user of the system)')
    .option(...HOOK_OPTION)
    .option('-n, --dry-run', 'show what would be done, and write nothing')
    .option('--skip-bad', 'leave rows out that cannot come in, and import the others')
    .option(
      '--wait <seconds>',
      'seconds to wait for a run that is on (default: 0), or for a locked file (5 at the least)',
    )
    .addHelpText('after', EXAMPLES)
    .action((file: string, flags: ImportFlags) => action(file, flags));
}
