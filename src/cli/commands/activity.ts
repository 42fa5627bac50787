import type { Command } from 'commander';
import { ANSWER_FORMATS } from '../../render/answer.ts';
import { addQuestionOptions, type CommonOptions } from '../common-options.ts';

/** The flags of `activity`, as commander gives them. */
export interface ActivityFlags extends CommonOptions {
  readonly since?: string;
  readonly until?: string;
  readonly limit?: string;
}

const EXAMPLES = `
Examples:
  $ audit-extract activity u-17                           what the user did, the newest first
  $ audit-extract activity u-17 --since 7d --limit 1000 --format csv > u-17.csv`;

/** Declares `activity`: its flags, its help, and what happens when it is called. */
export function declareActivity(program: Command, action: (user: string, flags: ActivityFlags) => Promise<void>): void {
  addQuestionOptions(program.command('activity <user>'), ANSWER_FORMATS)
    .description('show what a user did')
    .option('--since <date>', 'actions of this time or later')
    .option('--until <date>', 'actions of this time or earlier; a day alone means its end')
    .option('--limit <n>', 'how many actions, 10000 at the most (default: 50)')
    .addHelpText('after', EXAMPLES)
    .action((user: string, flags: ActivityFlags) => action(user, flags));
}
