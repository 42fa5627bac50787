import type { Command } from 'commander';
import { addCommonOptions, type CommonOptions, showOrigin } from '../common-options.ts';

/** The flags of `status`, as commander gives them. */
export interface StatusFlags extends CommonOptions {
  readonly runs?: string;
}

const EXAMPLES = `
Examples:
  $ audit-extract status                                  the last runs, and how far behind the source the graph is
  $ audit-extract status -s sessions.db -t org.db --runs 20
  $ audit-extract status --json | jq '.extractors[] | {extractor, behind}'`;

/** Declares `status`: its flags, its help, and what happens when it is called. */
export function declareStatus(program: Command, action: (flags: StatusFlags) => Promise<void>): void {
  showOrigin(addCommonOptions(program.command('status')))
    .description('show the last runs, the checkpoints, and how far behind the source they are')
    .option('--runs <n>', 'how many runs to show (default: 5)')
    .addHelpText('after', EXAMPLES)
    .action((flags: StatusFlags) => action(flags));
}
