import { type Command, Option } from 'commander';
import { packageVersion } from '../jobs/package-version.ts';
import { AuditError } from '../model/errors.ts';
import { FORMATS } from '../render/renderer.ts';
import { withValues } from './flag-values.ts';
import { collect } from './setting-options.ts';
import { collectSource } from './source-list.ts';

/** The flags for the files of a run, as commander gives them. */
export interface FileOptions {
  readonly source?: string;
  readonly origin?: string;
  readonly target?: string;
  readonly config?: string;
}

/** The flags of every command that prints a result, as commander gives them. */
export interface CommonOptions extends FileOptions {
  readonly format?: string;
  readonly json?: true;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly color: boolean;
  readonly progress: boolean;
}

/** The groups that help shows flags in. A command's own come first, with those of every command. */
const OWN = 'Options:';
const OUTPUT = 'Output:';

const ORIGIN = 'what the source is called among those of several machines in one graph';

/** Tells of the flag for an origin in the help of a command that asks the source; the others take it and say nothing. */
export function showOrigin(command: Command): Command {
  command.options.find(({ long }) => long === '--origin')?.hideHelp(false);
  return command;
}

/** Declares the flags for the files of a run. */
export function addFileOptions(command: Command): Command {
  return command
    .optionsGroup('Files:')
    .option('-s, --source <path>', 'the sessions.db to read', collectSource)
    .option('-t, --target <path>', 'the org.db that holds the graph, or a Neo4j server')
    .addOption(new Option('--origin <name>', ORIGIN).argParser(collect).hideHelp())
    .option('--config <path>', 'the config file to read')
    .optionsGroup(OWN);
}

/** Declares the flags of every command that prints a result. */
export function addCommonOptions(command: Command, formats: readonly string[] = FORMATS): Command {
  return addFileOptions(addProgramOptions(command))
    .optionsGroup(OUTPUT)
    .addOption(withValues(new Option('--format <format>', `how to print the result: ${formats.join(', ')}`), formats))
    .option('--json', 'the same as --format json')
    .option('-q, --quiet', 'print nothing when nothing changed, one line otherwise')
    .option('--no-color', 'no colours and no live line')
    .option('--no-progress', 'no live line')
    .optionsGroup(OWN);
}

/** Declares the flags of every question: it takes those of a run, but says nothing of what makes no difference to it. */
export function addQuestionOptions(command: Command, formats: readonly string[]): Command {
  return addFileOptions(addProgramOptions(command))
    .optionsGroup(OUTPUT)
    .addOption(withValues(new Option('--format <format>', `how to print the answer: ${formats.join(', ')}`), formats))
    .option('--json', 'the same as --format json')
    .option('--no-color', 'no colours')
    .addOption(new Option('-q, --quiet').hideHelp())
    .addOption(new Option('--no-progress').hideHelp())
    .optionsGroup(OWN);
}

/** Declares how a run kept secrets out, for a command that reads the rows behind what it wrote. */
export function addRedactedOptions(command: Command): Command {
  return command
    .option('--redact', 'as in the run: secrets were replaced, which is the default')
    .option('--no-redact', 'as in the run: secrets were left as they are');
}

/** Declares the flags that every command has. */
export function addProgramOptions(command: Command): Command {
  return command
    .option('-v, --verbose', 'print where an error came from')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help');
}

/** The format that flags ask for; undefined when they leave it open. */
export function formatFlag({ json, format }: CommonOptions): string | undefined {
  if (json && format !== undefined && format !== 'json') {
    throw new AuditError('usage', `--json and --format ${format} contradict each other`, 'give one of them');
  }
  return json ? 'json' : format;
}
