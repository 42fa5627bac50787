import type { Command } from 'commander';
import { ANSWER_FORMATS } from '../../render/answer.ts';
import { PICTURE_FORMATS } from '../../render/picture.ts';
import { addQuestionOptions, type CommonOptions } from '../common-options.ts';

/** The formats of `neighbors`: those of any answer, and pictures. */
export const NEIGHBORS_FORMATS = [...ANSWER_FORMATS, ...PICTURE_FORMATS] as const;

/** The flags of `neighbors`, as commander gives them. */
export interface NeighborsFlags extends CommonOptions {
  readonly depth?: string;
  readonly limit?: string;
  readonly out?: string;
}

const EXAMPLES = `
Edges are followed in both directions. Where a node has more than fit in, it is said how many more there are.

Examples:
  $ audit-extract neighbors tool:Bash                     what hangs on a tool, as a tree
  $ audit-extract neighbors audit_trail:main --depth 2 --limit 200
  $ audit-extract neighbors session:s-1 --format svg --out session.svg
  $ audit-extract neighbors session:s-1 --format mermaid  for a Markdown document
  $ audit-extract neighbors session:s-1 --format dot | dot -Tpng > session.png
  $ audit-extract neighbors user:ann --json | jq -r '.nodes[].id'`;

/** Declares `neighbors`: its flags, its help, and what happens when it is called. */
export function declareNeighbors(program: Command, action: (id: string, flags: NeighborsFlags) => Promise<void>): void {
  addQuestionOptions(program.command('neighbors'), NEIGHBORS_FORMATS)
    .description('show what is around a node of the graph, as a tree, rows or a picture')
    .argument('<id>', 'the id of the node, such as tool:Bash')
    .option('--depth <n>', 'how many edges away to look, 1 to 5 (default: 1)')
    .option('--limit <n>', 'how many nodes to show in all, 1 to 1000 (default: 50)')
    .option('--out <file>', 'write to a file, whole or not at all')
    .addHelpText('after', EXAMPLES)
    .action((id: string, flags: NeighborsFlags) => action(id, flags));
}
