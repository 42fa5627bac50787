import type { Command } from 'commander';
import { ANSWER_FORMATS } from '../../render/answer.ts';
import { addCommonOptions, type CommonOptions } from '../common-options.ts';

/** The flags of `backup`, as commander gives them. */
export interface BackupFlags extends CommonOptions {
  readonly force?: true;
}

const EXAMPLES = `
Others may write the graph meanwhile: the backup is what it holds at one moment. It is checked before it gets its name.

Examples:
  $ audit-extract backup org-backup.db
  $ audit-extract backup "/backups/org-$(date +%F).db" -t org.db --quiet
  $ audit-extract backup latest.db -t org.db --force --json | jq .seal`;

/** Declares `backup`: its flags, its help, and what happens when it is called. */
export function declareBackup(program: Command, action: (file: string, flags: BackupFlags) => Promise<void>): void {
  addCommonOptions(program.command('backup <file>'), ANSWER_FORMATS)
    .description('copy the graph, with all else that is in its file, while others use it')
    .option('--force', 'replace a backup that is there')
    .addHelpText('after', EXAMPLES)
    .action((file: string, flags: BackupFlags) => action(file, flags));
}
