import { type Command, Option } from 'commander';
import { addFileOptions, addProgramOptions, type FileOptions, showOrigin } from '../common-options.ts';
import { addSettingOptions, type SettingOptions } from '../setting-options.ts';

/** The schedulers that a run can be written down for. */
export const SCHEDULERS = ['systemd', 'cron', 'launchd'] as const;
export type Scheduler = (typeof SCHEDULERS)[number];

/** The flags of `schedule`, as commander gives them. */
export interface ScheduleFlags extends FileOptions, SettingOptions, Readonly<Partial<Record<Scheduler, true>>> {
  readonly every?: string;
  readonly format?: string;
  readonly json?: true;
}

const EXAMPLES = `
Settings are found as a run finds them, and written out as they are now, with absolute paths.

Examples:
  $ audit-extract schedule --systemd                      a service and a timer, with how to install them
  $ audit-extract schedule --cron --every 60              a line for crontab -e
  $ audit-extract schedule --launchd > ~/Library/LaunchAgents/audit-extract.plist
  $ audit-extract schedule --cron -s sessions.db -t org.db --only tool-errors`;

/** Declares `schedule`: its flags, its help, and what happens when it is called. */
export function declareSchedule(program: Command, action: (flags: ScheduleFlags) => Promise<void>): void {
  const command = showOrigin(addFileOptions(addProgramOptions(program.command('schedule'))))
    .description('print units for systemd, a line for cron or a plist for launchd')
    .option('--systemd', 'print a service and a timer for systemd')
    .option('--cron', 'print a line for crontab')
    .option('--launchd', 'print a property list for launchd')
    .option('--every <minutes>', 'minutes from run to run (default: 15)')
    // Known so that they can be refused in words; commander would suggest the nearest flag, which is no help.
    .addOption(new Option('--json').hideHelp())
    .addOption(new Option('--format <format>').hideHelp());
  addSettingOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((flags: ScheduleFlags) => action(flags));
}
