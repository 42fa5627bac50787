import type { Command, Option } from 'commander';
import { packageVersion } from '../jobs/package-version.ts';
import type {
  CommandDescription,
  FlagDescription,
  FlagValue,
  ProgramDescription,
} from '../render/command-description.ts';
import { valuesOf } from './flag-values.ts';

/** Operands and values of these names are files. */
const PATHS: ReadonlySet<string> = new Set(['path', 'file', 'dir', 'module']);

/** Describes the program as it is declared: help, the man page, the README and what shells complete are made of this. */
export function describeProgram(program: Command): ProgramDescription {
  return {
    name: program.name(),
    version: packageVersion(),
    summary: program.description(),
    commands: program.commands.flatMap((command) => describeCommand(command, [], command.helpGroup())),
  };
}

function describeCommand(command: Command, before: readonly string[], group: string): readonly CommandDescription[] {
  const words = [...before, command.name()];
  const inner = command.commands.flatMap((one) => describeCommand(one, words, group));
  // One that does nothing itself is known by those that belong to it.
  if (command.commands.length > 0 && command.options.length === 0) return inner;
  const help = command.createHelp();
  const operands = command.registeredArguments;
  const [only] = operands;
  return [
    {
      name: words.join(' '),
      group: group.replace(/:$/, ''),
      summary: command.description(),
      operands: operands.map((one) => (one.required ? `<${nameOf(one)}>` : `[${nameOf(one)}]`)).join(' '),
      operandValues: only?.argChoices,
      flags: help.visibleOptions(command).map(describeFlag),
      notes: notesOf(command),
    },
    ...inner,
  ];
}

function nameOf(argument: { readonly variadic: boolean; name(): string }): string {
  return `${argument.name()}${argument.variadic ? '...' : ''}`;
}

function describeFlag(option: Option): FlagDescription {
  const { short, long, description } = option;
  return { short, long: long ?? short ?? '', value: describeValue(option), summary: description };
}

function describeValue(option: Option): FlagValue {
  const [, name] = /<([^>]+)>/.exec(option.flags) ?? [];
  if (name === undefined) return { kind: 'none' };
  const values = valuesOf(option);
  if (values !== undefined) return { kind: 'one of', name, values };
  return PATHS.has(name) ? { kind: 'path', name } : { kind: 'any', name };
}

/** What stands in its help after the flags. */
function notesOf(command: Command): string {
  const parts: string[] = [];
  command.configureOutput({ writeOut: (part) => void parts.push(part) });
  command.outputHelp();
  return parts.slice(1).join('').trim();
}
