import type { Command } from 'commander';
import { addCommonOptions, type CommonOptions, showOrigin } from '../common-options.ts';
import { addSettingOptions, type SettingOptions } from '../setting-options.ts';

/** The flags of `run`, as commander gives them. */
export interface RunFlags extends CommonOptions, SettingOptions {
  readonly dryRun?: true;
  readonly full?: true;
  readonly acceptSource?: true;
  readonly retire?: true;
  readonly plan?: string;
}

const EXAMPLES = `
Exit codes: 0 done, 1 failed, 2 usage, 3 partial, 4 source or target cannot serve, 6 refused,
75 busy, 130 and 143 interrupted.

Examples:
  $ audit-extract                                        sessions.db and org.db in their usual folder
  $ audit-extract -s sessions.db -t org.db --dry-run     see what would change, write nothing
  $ audit-extract -s sessions.db -t org.db --only tool-errors --error-status error,failed,timeout
  $ audit-extract -s sessions.db -t org.db --json | jq .totals
  $ audit-extract -s sessions.db -t org.db --extractor ./slow-tools.js
  $ audit-extract -s '/data/*/sessions.db' --origin '{folder}' -t org.db    those of many machines, in one graph`;

/** Declares `run`: its flags, its help, and what happens when it is called. */
export function declareRun(program: Command, action: (flags: RunFlags) => Promise<void>): void {
  const command = showOrigin(addCommonOptions(program.command('run')))
    .description('extract audit nodes from sessions.db into org.db (this is the default command)')
    .option('-n, --dry-run', 'show what a run would change, and write nothing')
    .option('--plan <id>', 'do what a dry run showed, or nothing when that no longer holds')
    .option('--full', 'derive everything anew, and write what differs')
    .option(
      '--retire',
      'remove nodes whose ids other rules for secrets have replaced; with --full, delete those whose rows are gone',
    )
    .option('--accept-source', 'take the source as it is, even where it lost rows or is another one');
  addSettingOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((flags: RunFlags) => action(flags));
}
