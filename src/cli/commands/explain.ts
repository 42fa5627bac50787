import type { Command } from 'commander';
import { ANSWER_FORMATS } from '../../render/answer.ts';
import { addQuestionOptions, addRedactedOptions, type CommonOptions, showOrigin } from '../common-options.ts';
import { collect } from '../setting-options.ts';

/** The flags of `explain`, as commander gives them. */
export interface ExplainFlags extends CommonOptions {
  readonly errorStatus?: string;
  readonly extractor?: string;
  readonly redact?: boolean;
}

const EXAMPLES = `
Without the source, what the id itself says is told, and that the rows are not. Of an edge it is told whether the graph has
it and its ends. An id of no known form that no node has is not found, with exit 2.

Examples:
  $ audit-extract explain audit_event:task:1              how the id is made, and the row behind it
  $ audit-extract explain audit_event:err:a11ce000:Bash:timeout -s sessions.db -t org.db
  $ audit-extract explain audit_event:sys:4 --json | jq .source.rows`;

/** Declares `explain`: its flags, its help, and what happens when it is called. */
export function declareExplain(program: Command, action: (id: string, flags: ExplainFlags) => Promise<void>): void {
  addRedactedOptions(showOrigin(addQuestionOptions(program.command('explain'), ANSWER_FORMATS)))
    .description('say how an id is made, and which rows of the source stand behind it')
    .argument('<id>', 'the id of a node or an edge')
    .option('--error-status <list>', 'the statuses that mean failure (default: those of the run)', collect)
    .option('--extractor <module>', 'an extractor of your own that was run', collect)
    .addHelpText('after', EXAMPLES)
    .action((id: string, flags: ExplainFlags) => action(id, flags));
}
