import { type Command, Option } from 'commander';
import { STATISTIC_VIEWS } from '../../model/statistics.ts';
import { ANSWER_FORMATS } from '../../render/answer.ts';
import { addQuestionOptions, addRedactedOptions, type CommonOptions, showOrigin } from '../common-options.ts';
import { withValues } from '../flag-values.ts';
import { collect } from '../setting-options.ts';

/** The flags of `stats`, as commander gives them. */
export interface StatsFlags extends CommonOptions {
  readonly by?: string;
  readonly tool?: string;
  readonly errorType?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit?: string;
  readonly rates?: true;
  readonly errorStatus?: string;
  readonly redact?: boolean;
}

const EXAMPLES = `
Errors are rows of the source; events are the nodes that they are folded into. Of a time, rows are those of its days, and
events those whose last row was then. Around a failed task all rows of the events count that were for it, those for other
tasks among them. Of several rows of a task the latest says how it ended. Days are in UTC, and --since and --until are
widened to whole ones. --tool and --error-type go with --by type, tool, day and session; --since and --until with all but
--rates. --rates goes with --by tool, or without --by; it reads the whole source, in short reads. Without --by it is not
needed where a source is at hand that has few calls.

Examples:
  $ audit-extract stats                                   all of it, at a glance
  $ audit-extract stats --by day --tool Bash --since 4w
  $ audit-extract stats --by type --since 2026-03-01 --until 2026-03-07
  $ audit-extract stats --by session --limit 5 --json | jq -r '.rows[].session'
  $ audit-extract stats --by tool --rates -s sessions.db -t org.db --format csv > rates.csv`;

/** Declares `stats`: its flags, its help, and what happens when it is called. */
export function declareStats(program: Command, action: (flags: StatsFlags) => Promise<void>): void {
  addRedactedOptions(showOrigin(addQuestionOptions(program.command('stats'), ANSWER_FORMATS)))
    .description('count errors by tool, type and day, and show sessions and tasks with trouble')
    .addOption(
      withValues(
        new Option('--by <view>', `one part in full: ${STATISTIC_VIEWS.join(', ')} (default: the first rows of each)`),
        STATISTIC_VIEWS,
      ),
    )
    .option('--tool <name>', 'errors of a tool')
    .option('--error-type <type>', 'errors of a type')
    .option('--since <date>', 'of this day or later, like 2026-03-01 or 7d')
    .option('--until <date>', 'of this day or earlier')
    .option('--limit <n>', 'how many rows of each part, 10000 at the most (default: 10, and 50 with --by)')
    .option('--rates', 'count all calls in the source, and how many of them failed')
    .option('--error-status <list>', 'the statuses that mean failure (default: those of the run)', collect)
    .addHelpText('after', EXAMPLES)
    .action((flags: StatsFlags) => action(flags));
}
