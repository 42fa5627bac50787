import { type Command, Option } from 'commander';
import { EXPORT_FORMATS } from '../../render/export-formats.ts';
import { addFileOptions, addProgramOptions, type FileOptions } from '../common-options.ts';
import { withValues } from '../flag-values.ts';

/** The flags of `export`, as commander gives them. */
export interface ExportFlags extends FileOptions {
  readonly format?: string;
  readonly out?: string;
  readonly includeDeleted?: true;
}

const EXAMPLES = `
csv is a zip with a file for each table. It and ndjson hold every value as it is, and import reads them; the others are
for other programs.

Examples:
  $ audit-extract export --out graph.zip                  all of it, as CSV
  $ audit-extract export --format ndjson | gzip > graph.ndjson.gz
  $ audit-extract export --format graphml --out /tmp      writes /tmp/graph.graphml
  $ audit-extract export --format jsonld --out graph.jsonld
  $ audit-extract export --format cypher | cypher-shell   into Neo4j
  $ audit-extract export --format mermaid                 the first nodes, for a Markdown document`;

/** Declares `export`: its flags, its help, and what happens when it is called. */
export function declareExport(program: Command, action: (flags: ExportFlags) => Promise<void>): void {
  addProgramOptions(addFileOptions(program.command('export')))
    .description('write the graph to a file, or to stdout, for import or for other programs')
    .addOption(
      withValues(
        new Option('--format <format>', `how to write it: ${EXPORT_FORMATS.join(', ')} (default: csv)`),
        EXPORT_FORMATS,
      ),
    )
    .option('--out <path>', 'a file, a folder to put one in, or - for stdout (default: -)')
    .option('--include-deleted', 'with nodes that are deleted, and the edges that lead to them')
    .addHelpText('after', EXAMPLES)
    .action((flags: ExportFlags) => action(flags));
}
