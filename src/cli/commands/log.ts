import type { Command } from 'commander';
import { ANSWER_FORMATS } from '../../render/answer.ts';
import { addCommonOptions, type CommonOptions } from '../common-options.ts';
import { HOOK_OPTION } from '../setting-options.ts';

/** The flags of `log`, as commander gives them. */
export interface LogFlags extends CommonOptions {
  readonly user?: string;
  readonly userName?: string;
  readonly category?: string;
  readonly details?: string;
  readonly timestamp?: string;
  readonly key?: string;
  readonly stdin?: true;
  readonly trail?: string;
  readonly redact?: boolean;
  readonly wait?: string;
  readonly actor?: string;
  readonly hook?: string;
}

const EXAMPLES = `
Lines for --stdin are JSON objects: {"action":"LOGIN","user":"u-17","user_name":"Ann Lee","category":"SECURITY",
"details":{"ip":"192.0.2.1"},"timestamp":"2026-02-05T10:00:00Z","key":"login-4711"}; all but the action may be left out.

Examples:
  $ audit-extract log LOGIN --user u-17 --user-name 'Ann Lee' --category SECURITY
  $ audit-extract log DOCUMENT_CREATED --user u-17 --details '{"document":"doc-456"}'
  $ audit-extract log NIGHTLY_BACKUP --details @backup.json --key backup-2026-02-05
  $ audit-extract log --stdin -t org.db < actions.ndjson`;

/** Declares `log`: its flags, its help, and what happens when it is called. */
export function declareLog(
  program: Command,
  action: (actionType: string | undefined, flags: LogFlags) => Promise<void>,
): void {
  addCommonOptions(program.command('log [action]'), ANSWER_FORMATS)
    .description('log what a user, or the system itself, has done, in the trail')
    .option('--user <id>', 'who did it (default: the system itself)')
    .option('--user-name <name>', 'what the user is called')
    .option('--category <name>', 'what it belongs to (default: USER_ACTION)')
    .option('--details <json>', 'what else is to be known: JSON, @FILE, or - for standard input')
    .option('--timestamp <date>', 'when it was done (default: now)')
    .option('--key <key>', 'what tells it from all others: logged once more under it, nothing is written')
    .option('--stdin', 'log the actions that standard input has, one JSON object a line')
    .option('--trail <id>', 'the trail that it hangs on (default: the only one, or audit_trail:main)')
    .option('--redact', 'replace secrets in texts, which is the default')
    .option('--no-redact', 'leave secrets in texts as they are')
    .option('--actor <name>', 'who is said to have logged it (default: the user of the system)')
    .option(...HOOK_OPTION)
    .option('--wait <seconds>', 'seconds to wait for a locked file (5 at the least)')
    .addHelpText('after', EXAMPLES)
    .action((actionType: string | undefined, flags: LogFlags) => action(actionType, flags));
}
