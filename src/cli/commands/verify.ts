import type { Command } from 'commander';
import { addCommonOptions, addRedactedOptions, type CommonOptions, showOrigin } from '../common-options.ts';
import { collect } from '../setting-options.ts';

/** The flags of `verify`, as commander gives them. */
export interface VerifyFlags extends CommonOptions {
  readonly sample?: string;
  readonly seals?: true;
  readonly expect?: string;
  readonly errorStatus?: string;
  readonly extractor?: string;
  readonly redact?: boolean;
  readonly hook?: string;
}

const EXAMPLES = `
Exit codes: 0 graph, source and seals agree, 5 they do not, 6 the source is another one, 75 busy.

Examples:
  $ audit-extract verify                                  all nodes against the source, and the seals
  $ audit-extract verify -s sessions.db -t org.db --sample 1000
  $ audit-extract verify --seals                          the seals alone, without the source
  $ audit-extract verify --seals --expect "$(cat head)"   a seal that 'audit-extract seal show' printed`;

/** Declares `verify`: its flags, its help, and what happens when it is called. */
export function declareVerify(program: Command, action: (flags: VerifyFlags) => Promise<void>): void {
  addRedactedOptions(showOrigin(addCommonOptions(program.command('verify'))))
    .description('compare the graph with the source, and check the chain of seals')
    .option('--sample <n>', 'look at so many nodes, chosen at random')
    .option('--seals', 'check the seals alone')
    .option('--expect <head>', 'a seal that was kept elsewhere, and must be in the chain')
    .option('--error-status <list>', 'the statuses that mean failure, as in the run (default: error)', collect)
    .option('--extractor <module>', 'an extractor of your own that was run', collect)
    .option('--hook <module>', 'hooks of your own that were called, as in the run', collect)
    .addHelpText('after', EXAMPLES)
    .action((flags: VerifyFlags) => action(flags));
}
