import { type Command, Option } from 'commander';
import { SORT_FIELDS } from '../../model/search.ts';
import { ANSWER_FORMATS } from '../../render/answer.ts';
import { addQuestionOptions, type CommonOptions } from '../common-options.ts';
import { withValues } from '../flag-values.ts';

/** The flags of `query`, as commander gives them. */
export interface QueryFlags extends CommonOptions {
  readonly type?: string;
  readonly subtype?: string;
  readonly session?: string;
  readonly tool?: string;
  readonly agent?: string;
  readonly task?: string;
  readonly errorType?: string;
  readonly user?: string;
  readonly text?: string;
  readonly since?: string;
  readonly until?: string;
  readonly sort?: string;
  readonly deleted?: true;
  readonly limit?: string;
  readonly offset?: string;
}

const EXAMPLES = `
A date is like 2026-03-01 or 2026-03-01T08:00:00Z, in UTC unless it names a zone, or a span back from now: 30m, 2h, 7d, 4w.

Examples:
  $ audit-extract query                                   the newest events
  $ audit-extract query --subtype tool_error --since 7d
  $ audit-extract query --tool Bash --error-type timeout --sort -time
  $ audit-extract query --text "frost warning" --format csv > found.csv
  $ audit-extract query --type session --limit 1000 --json | jq -r '.nodes[].name'`;

/** Declares `query`: its flags, its help, and what happens when it is called. */
export function declareQuery(program: Command, action: (flags: QueryFlags) => Promise<void>): void {
  addQuestionOptions(program.command('query'), ANSWER_FORMATS)
    .description('find nodes: those that all flags agree on')
    .option('--type <type>', 'nodes of this type (default: audit_event)')
    .option('--subtype <subtype>', 'such as tool_error, session_boundary, task_completion, user_action')
    .option('--session <id>', 'events of a session')
    .option('--tool <name>', 'events of a tool')
    .option('--agent <name>', 'events of an agent')
    .option('--task <id>', 'events of a task')
    .option('--error-type <type>', 'tool errors of a type')
    .option('--user <id>', 'what a user did')
    .option('--text <words>', 'nodes with words that begin like each of these')
    .option('--since <date>', 'events of this time or later')
    .option('--until <date>', 'events of this time or earlier; a day alone means its end')
    .option('--deleted', 'nodes that are marked as deleted, too')
    .addOption(
      withValues(
        new Option('--sort <field>', 'time (the newest first, which is the default), id or name; -time turns it round'),
        SORT_FIELDS,
      ),
    )
    .option('--limit <n>', 'how many nodes, 10000 at the most (default: 50)')
    .option('--offset <n>', 'how many nodes to leave out first (default: 0)')
    .addHelpText('after', EXAMPLES)
    .action((flags: QueryFlags) => action(flags));
}
