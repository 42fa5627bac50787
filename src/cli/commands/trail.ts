import type { Command } from 'commander';
import { ANSWER_FORMATS } from '../../render/answer.ts';
import { addCommonOptions, addQuestionOptions, type CommonOptions } from '../common-options.ts';

/** The flags of `trail`, as commander gives them. */
export interface TrailFlags extends CommonOptions {
  readonly trail?: string;
}

/** The flags of `trail migrate`, as commander gives them. */
export interface TrailMigrateFlags extends TrailFlags {
  readonly from?: readonly string[];
  readonly actor?: string;
  readonly dryRun?: true;
  readonly wait?: string;
}

/** What both do. */
export interface TrailActions {
  readonly trail: (flags: TrailFlags) => Promise<void>;
  readonly migrate: (flags: TrailMigrateFlags) => Promise<void>;
}

const EXAMPLES = `
Examples:
  $ audit-extract trail                                   events by kind and day, and who did most
  $ audit-extract trail -t org.db --trail audit_trail:team
  $ audit-extract trail --format csv > days.csv
  $ audit-extract trail migrate --help                    bring events to the trail`;

const MIGRATE_EXAMPLES = `
An event on two trails is reported and left. What was hung up before keeps the time when it was.

Examples:
  $ audit-extract trail migrate --dry-run                 how many events hang on CDocs nodes, or on nothing
  $ audit-extract trail migrate -t org.db --trail audit_trail:team
  $ audit-extract trail migrate --from CDocs --from Folder
  $ audit-extract trail migrate --json | jq .events_migrated`;

/** Declares `trail` and `trail migrate`: their flags, their help, and what happens when they are called. */
export function declareTrail(program: Command, actions: TrailActions): void {
  const trail = addQuestionOptions(program.command('trail'), ANSWER_FORMATS)
    .description('show what hangs on the trail: events by kind and day, and users')
    .option('--trail <id>', 'the trail (default: the only one, or audit_trail:main)')
    .addHelpText('after', EXAMPLES)
    .action((flags: TrailFlags) => actions.trail(flags));
  addCommonOptions(trail.command('migrate'), ANSWER_FORMATS)
    .description('bring events that hang on other nodes, or on nothing, to the trail')
    .option('--trail <id>', 'the trail, which has to be there (default: the only one, or audit_trail:main)')
    .option('--from <type>', 'a type of nodes that events come from; may be repeated (default: CDocs)', add)
    .option('--actor <name>', 'who is said to have done it (default: the user of the system)')
    .option('-n, --dry-run', 'show what would be done, and write nothing')
    .option('--wait <seconds>', 'seconds to wait for a locked file (5 at the least)')
    .addHelpText('after', MIGRATE_EXAMPLES)
    .action((flags: TrailMigrateFlags) => actions.migrate(flags));
}

function add(type: string, types: readonly string[] = []): readonly string[] {
  return [...types, type];
}
