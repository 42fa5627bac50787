import { type Command, Option } from 'commander';
import { addFileOptions, addProgramOptions, type FileOptions } from '../common-options.ts';
import { withValues } from '../flag-values.ts';

/** How the schema can be drawn. */
export const DIAGRAM_FORMATS = ['svg', 'mermaid'] as const;

/** The flags of `diagram`, as commander gives them. */
export interface DiagramFlags extends FileOptions {
  readonly format?: string;
  readonly out?: string;
}

const EXAMPLES = `
Examples:
  $ audit-extract diagram --out schema.svg                tables, columns, keys, row counts
  $ audit-extract diagram -t org.db --format mermaid      for a Markdown document`;

/** Declares `diagram`: its flags, its help, and what happens when it is called. */
export function declareDiagram(program: Command, action: (flags: DiagramFlags) => Promise<void>): void {
  addFileOptions(addProgramOptions(program.command('diagram')))
    .description('draw the tables of the graph: columns, keys, row counts')
    .addOption(
      withValues(
        new Option('--format <format>', `how to draw: ${DIAGRAM_FORMATS.join(', ')} (default: svg)`),
        DIAGRAM_FORMATS,
      ),
    )
    .option('--out <file>', 'write to a file, whole or not at all')
    .addHelpText('after', EXAMPLES)
    .action((flags: DiagramFlags) => action(flags));
}
