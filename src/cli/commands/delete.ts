import type { Command } from 'commander';
import { ANSWER_FORMATS } from '../../render/answer.ts';
import { addCommonOptions, type CommonOptions } from '../common-options.ts';
import { HOOK_OPTION } from '../setting-options.ts';

/** The flags of `delete` and `undelete`, as commander gives them. */
export interface DeleteFlags extends CommonOptions {
  readonly actor?: string;
  readonly dryRun?: true;
  readonly wait?: string;
  readonly hook?: string;
}

const EXAMPLES = `
A node is marked as deleted: queries, counts and exports leave it out, runs keep it up to date and leave it deleted. An
edge goes. Both can be brought back, and history tells who did it.

Examples:
  $ audit-extract delete audit_event:err:s-1:Bash:timeout
  $ audit-extract delete tool:Bash tool:Read --actor ann
  $ audit-extract delete user:u-17 --dry-run`;

const UNDELETE_EXAMPLES = `
Examples:
  $ audit-extract undelete audit_event:err:s-1:Bash:timeout
  $ audit-extract undelete tool:Bash tool:Read --json`;

/** Declares `delete`: its flags, its help, and what happens when it is called. */
export function declareDelete(
  program: Command,
  action: (ids: readonly string[], flags: DeleteFlags) => Promise<void>,
): void {
  addDeletionOptions(program.command('delete <id...>'))
    .description('mark nodes as deleted, or remove edges')
    .addHelpText('after', EXAMPLES)
    .action((ids: readonly string[], flags: DeleteFlags) => action(ids, flags));
}

/** The same of `undelete`. */
export function declareUndelete(
  program: Command,
  action: (ids: readonly string[], flags: DeleteFlags) => Promise<void>,
): void {
  addDeletionOptions(program.command('undelete <id...>'))
    .description('bring deleted nodes, or edges, back')
    .addHelpText('after', UNDELETE_EXAMPLES)
    .action((ids: readonly string[], flags: DeleteFlags) => action(ids, flags));
}

function addDeletionOptions(command: Command): Command {
  return addCommonOptions(command, ANSWER_FORMATS)
    .option('--actor <name>', 'who is said to have done it (default: the user of the system)')
    .option(...HOOK_OPTION)
    .option('-n, --dry-run', 'show what would be done, and write nothing')
    .option('--wait <seconds>', 'seconds to wait for a locked file (5 at the least)');
}
