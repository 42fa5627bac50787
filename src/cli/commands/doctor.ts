import type { Command } from 'commander';
import { ANSWER_FORMATS } from '../../render/answer.ts';
import { addCommonOptions, type CommonOptions, showOrigin } from '../common-options.ts';

/** The flags of `doctor`, as commander gives them. */
export interface DoctorFlags extends CommonOptions {
  readonly deep?: true;
}

const EXAMPLES = `
It looks, and writes nothing. Exit codes: 0 where everything can serve, be there advice or warnings; 4 where something cannot.

Examples:
  $ audit-extract doctor                                  versions, settings, both files, runs, disk: what to do about each
  $ audit-extract doctor -s sessions.db -t org.db --deep
  $ audit-extract doctor --json | jq '.findings[] | select(.status != "ok")'`;

/** Declares `doctor`: its flags, its help, and what happens when it is called. */
export function declareDoctor(program: Command, action: (flags: DoctorFlags) => Promise<void>): void {
  showOrigin(addCommonOptions(program.command('doctor'), ANSWER_FORMATS))
    .description('look after the settings, both files and the runs, and say what to do')
    .option('--deep', 'check every page and index of both files, however long that takes')
    .addHelpText('after', EXAMPLES)
    .action((flags: DoctorFlags) => action(flags));
}
