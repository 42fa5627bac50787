import type { Command } from 'commander';
import { addCommonOptions, type CommonOptions, showOrigin } from '../common-options.ts';

/** The flags of `seal show`, as commander gives them. */
export type SealFlags = CommonOptions;

const EXAMPLES = `
Examples:
  $ audit-extract seal show > head                        to be kept where others cannot write
  $ audit-extract seal show -s sessions.db -t org.db --json
  $ audit-extract seal show -t neo4j+s://graph.example --origin lap1    on a server each origin has a chain of its own`;

/** Declares `seal`: its flags, its help, and what happens when it is called. */
export function declareSeal(program: Command, action: (flags: SealFlags) => Promise<void>): void {
  const seal = program.command('seal').description('show the last link of the chain of seals');
  showOrigin(addCommonOptions(seal.command('show')))
    .description('print the last seal in one line')
    .addHelpText('after', EXAMPLES)
    .action((flags: SealFlags) => action(flags));
}
