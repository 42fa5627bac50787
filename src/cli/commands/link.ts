import type { Command } from 'commander';
import { ANSWER_FORMATS } from '../../render/answer.ts';
import { addCommonOptions, type CommonOptions, showOrigin } from '../common-options.ts';
import { collect, HOOK_OPTION } from '../setting-options.ts';

/** The flags of `link`, as commander gives them. */
export interface LinkFlags extends CommonOptions {
  readonly dryRun?: true;
  readonly trail?: string;
  readonly linker?: string;
  readonly hook?: string;
  readonly errorStatus?: string;
  readonly extractor?: string;
  readonly wait?: string;
}

const EXAMPLES = `
Examples:
  $ audit-extract link                                    edges of all events that have none yet
  $ audit-extract link -t org.db --dry-run                how many that would be
  $ audit-extract link -s sessions.db -t org.db           rows say more than the ten names that a node shows`;

/** Declares `link`: its flags, its help, and what happens when it is called. */
export function declareLink(program: Command, action: (flags: LinkFlags) => Promise<void>): void {
  showOrigin(addCommonOptions(program.command('link'), ANSWER_FORMATS))
    .description('make the edges of events that are in the graph: to trail, session, tool, agents, tasks and user')
    .option('-n, --dry-run', 'show what would be made, and make nothing')
    .option('--trail <id>', 'the trail that events hang on (default: the only one, or audit_trail:main)')
    .option('--linker <module>', 'add a linker of your own: a file or a package', collect)
    .option(...HOOK_OPTION)
    .option('--error-status <list>', 'the statuses that mean failure, as in the run (default: error)', collect)
    .option('--extractor <module>', 'an extractor of your own that was run', collect)
    .option('--wait <seconds>', 'seconds to wait for a locked file (5 at the least)')
    .addHelpText('after', EXAMPLES)
    .action((flags: LinkFlags) => action(flags));
}
