import type { CommandDescription, FlagDescription, ProgramDescription } from './command-description.ts';

/** The manual page, in the macros that every man program knows. */
export function manPage({ name, version, summary, commands }: ProgramDescription): string {
  const groups = [...new Set(commands.map(({ group }) => group))];
  return `${[
    `.TH ${name.toUpperCase()} 1 "" "${name} ${version}" "User Commands"`,
    '.SH NAME',
    `${escaped(name)} \\- ${escaped(lowerFirst(summary))}`,
    '.SH SYNOPSIS',
    `.B ${escaped(name)}`,
    '[\\fIcommand\\fR] [\\fIoptions\\fR]',
    '.SH DESCRIPTION',
    escaped(summary),
    '.PP',
    'Without a command it does what \\fBrun\\fR does. Every command takes the options that are listed with it.',
    ...groups.flatMap((group) => [
      `.SH ${escaped(group.toUpperCase())}`,
      ...commands.filter((command) => command.group === group).flatMap((command) => commandLines(name, command)),
    ]),
    '.SH EXIT STATUS',
    '0 done; 1 failed; 2 usage; 3 partial; 4 source or target cannot serve; 5 graph and source, or graph and seal, disagree;',
    '6 refused; 75 busy; 130 and 143 interrupted.',
  ].join('\n')}\n`;
}

function commandLines(
  program: string,
  { name, operands, summary, flags, notes }: CommandDescription,
): readonly string[] {
  return [
    `.SS ${escaped(`${program} ${name}${operands === '' ? '' : ` ${operands}`}`)}`,
    `${escaped(upperFirst(summary))}.`,
    ...flags.flatMap(flagLines),
    ...(notes === '' ? [] : ['.PP', '.nf', ...notes.split('\n').map(escaped), '.fi']),
  ];
}

function flagLines({ short, long, value, summary }: FlagDescription): readonly string[] {
  const names = [short, long].flatMap((flag) => (flag === undefined ? [] : [`\\fB${escaped(flag)}\\fR`])).join(', ');
  const operand = value.kind === 'none' ? '' : ` \\fI${escaped(value.name)}\\fR`;
  return ['.TP', `${names}${operand}`, escaped(summary)];
}

/** A line that the macros take as text: hyphens as they are typed, nothing at its beginning taken for a request. */
function escaped(text: string): string {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^[.']/, '\\&$&');
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
