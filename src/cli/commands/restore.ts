import type { Command } from 'commander';
import { ANSWER_FORMATS } from '../../render/answer.ts';
import { addCommonOptions, type CommonOptions } from '../common-options.ts';

/** The flags of `restore`, as commander gives them. */
export interface RestoreFlags extends CommonOptions {
  readonly dryRun?: true;
  readonly yes?: true;
  readonly wait?: string;
}

const EXAMPLES = `
All that is in the file goes back, tables of other programs too. They may have it open: they see the state before or the
one after, and wait while it is written. What was there is kept beside it.

Examples:
  $ audit-extract restore org-backup.db --dry-run         which tables would have how many rows
  $ audit-extract restore org-backup.db -t org.db --yes
  $ audit-extract restore org-backup.db -t copy-of-org.db`;

/** Declares `restore`: its flags, its help, and what happens when it is called. */
export function declareRestore(program: Command, action: (file: string, flags: RestoreFlags) => Promise<void>): void {
  addCommonOptions(program.command('restore <file>'), ANSWER_FORMATS)
    .description('put a backup in the place of what the graph and its file hold now')
    .option('-n, --dry-run', 'show what would go back, and write nothing')
    .option('--yes', 'do it, though what is there now goes')
    .option('--wait <seconds>', 'seconds to wait for a run (default: 0), or for a locked file (5 at the least)')
    .addHelpText('after', EXAMPLES)
    .action((file: string, flags: RestoreFlags) => action(file, flags));
}
