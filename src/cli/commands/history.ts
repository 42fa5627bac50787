import { type Command, Option } from 'commander';
import { OPERATIONS } from '../../model/change.ts';
import { ANSWER_FORMATS } from '../../render/answer.ts';
import { addCommonOptions, addQuestionOptions, type CommonOptions } from '../common-options.ts';
import { withValues } from '../flag-values.ts';

/** The flags of `history`, as commander gives them. */
export interface HistoryFlags extends CommonOptions {
  readonly component?: string;
  readonly record?: string;
  readonly operation?: string;
  readonly actor?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit?: string;
  readonly offset?: string;
}

/** The flags of `history prune`, as commander gives them. */
export interface HistoryPruneFlags extends CommonOptions {
  readonly before?: string;
  readonly actor?: string;
  readonly dryRun?: true;
  readonly wait?: string;
}

/** What both do. */
export interface HistoryActions {
  readonly history: (flags: HistoryFlags) => Promise<void>;
  readonly prune: (flags: HistoryPruneFlags) => Promise<void>;
}

const EXAMPLES = `
Examples:
  $ audit-extract history                                 the newest 100 changes
  $ audit-extract history --record user:u-17              what became of one node, or edge
  $ audit-extract history --operation delete --since 7d
  $ audit-extract history --actor tool-errors@2 --limit 1000 --format csv > changes.csv
  $ audit-extract history prune --help                    drop what is old`;

const PRUNE_EXAMPLES = `
The log keeps that it was pruned, by whom, and how many changes went.

Examples:
  $ audit-extract history prune --before 2026-01-01 --dry-run
  $ audit-extract history prune --before 365d`;

/** Declares `history` and `history prune`: their flags, their help, and what happens when they are called. */
export function declareHistory(program: Command, actions: HistoryActions): void {
  const history = addQuestionOptions(program.command('history'), ANSWER_FORMATS)
    .description('show who changed which node or edge, when, and what it said before and after')
    .option('--component <type>', 'changes of nodes, or edges, of this type')
    .option('--record <id>', 'changes of this node, or edge')
    .addOption(withValues(new Option('--operation <name>', `one of ${OPERATIONS.join(', ')}`), OPERATIONS))
    .option('--actor <name>', 'changes that were made by this one')
    .option('--since <date>', 'changes of this time or later')
    .option('--until <date>', 'changes of this time or earlier; a day alone means its end')
    .option('--limit <n>', 'how many changes, 1000 at the most (default: 100)')
    .option('--offset <n>', 'how many to leave out before them (default: 0)')
    .addHelpText('after', EXAMPLES)
    .action((flags: HistoryFlags) => actions.history(flags));
  addCommonOptions(history.command('prune'), ANSWER_FORMATS)
    .description('drop old changes from the log')
    .option('--before <date>', 'changes that are older than this')
    .option('--actor <name>', 'who is said to have done it (default: the user of the system)')
    .option('-n, --dry-run', 'show how many would go, and write nothing')
    .option('--wait <seconds>', 'seconds to wait for a locked file (5 at the least)')
    .addHelpText('after', PRUNE_EXAMPLES)
    .action((flags: HistoryPruneFlags) => actions.prune(flags));
}
