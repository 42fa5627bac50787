import type { Command } from 'commander';
import { ANSWER_FORMATS } from '../../render/answer.ts';
import { addQuestionOptions, type CommonOptions } from '../common-options.ts';

/** The flags of `show`, as commander gives them. */
export interface ShowFlags extends CommonOptions {
  readonly edges?: string;
}

const EXAMPLES = `
Examples:
  $ audit-extract show audit_event:task:1                 its properties, its edges, its history
  $ audit-extract show audit_trail:main --edges 500
  $ audit-extract show session:a11ce000-0001-4000-8000-000000000001
  $ audit-extract show audit_event:task:1 --json | jq .node.properties`;

/** Declares `show`: its flags, its help, and what happens when it is called. */
export function declareShow(program: Command, action: (id: string, flags: ShowFlags) => Promise<void>): void {
  addQuestionOptions(program.command('show'), ANSWER_FORMATS)
    .description('show a node: its properties, its edges, its history')
    .argument('<id>', 'the id of a node')
    .option('--edges <n>', 'how many edges of each direction, 0 to 1000 (default: 20)')
    .addHelpText('after', EXAMPLES)
    .action((id: string, flags: ShowFlags) => action(id, flags));
}
