import {
  type CommandDescription,
  type FlagDescription,
  type FlagValue,
  firstWords,
  type ProgramDescription,
  secondWords,
  summaryOf,
} from './command-description.ts';

/** What completes command lines in zsh. */
export function zshCompletion(program: ProgramDescription): string {
  const { name, commands } = program;
  const described = (words: readonly string[], before = '') =>
    words.map((word) => `    ${quoted(`${word}:${plain(summaryOf(program, before + word))}`)}`).join('\n');
  const nested = firstWords(program).filter((first) => secondWords(program, first).length > 0);
  const own = `_${name.replaceAll('-', '_')}`;
  return `#compdef ${name}
# zsh completion of ${name}: source it, or put it, as _${name}, into a folder of $fpath
${own}() {
  local -a firsts seconds
  firsts=(
${described(firstWords(program))}
    'help:print help of a command'
  )
  local command=\${words[(r)(${firstWords(program).join('|')})]} second=
  case $command in
${nested.map((first) => `    ${first}) second=\${words[(r)(${secondWords(program, first).join('|')})]} ;;`).join('\n')}
  esac
  # A line without a command is a run.
  case "\${command:-run}\${second:+ $second}" in
${commands.map(caseOf).join('\n')}
  esac
  if [[ -z $command && $words[CURRENT] != -* ]]; then
    _describe command firsts
  fi
${nested.map((first) => `  if [[ $command == ${first} && -z $second && $words[CURRENT] != -* ]]; then\n    seconds=(\n${described(secondWords(program, first), `${first} `)}\n    )\n    _describe command seconds\n  fi`).join('\n')}
}
# Out of a folder of $fpath this file is the function itself.
if [[ $funcstack[1] == _${name} ]]; then
  ${own} "$@"
else
  compdef ${own} ${name}
fi
`;
}

function caseOf({ name, flags, operandValues }: CommandDescription): string {
  const lines = flags.flatMap(flagLines);
  const operand = operandValues === undefined ? "'*: :_files'" : quoted(`*: :(${operandValues.join(' ')})`);
  return `  ${quoted(name)})\n    _arguments -S \\\n${lines.map((line) => `      ${line} \\`).join('\n')}\n      ${operand}\n    ;;`;
}

function flagLines({ short, long, value, summary }: FlagDescription): readonly string[] {
  const rest = `[${plain(summary).replace(/[[\]]/g, '\\$&')}]${operandOf(value)}`;
  return [short, long].flatMap((flag) => (flag === undefined ? [] : [quoted(`*${flag}${rest}`)]));
}

function operandOf(value: FlagValue): string {
  switch (value.kind) {
    case 'none':
      return '';
    case 'path':
      return `:${value.name}:_files`;
    case 'one of':
      return `:${value.name}:(${value.values.join(' ')})`;
    case 'any':
      return `:${value.name}: `;
  }
}

const plain = (text: string): string => text.replaceAll(':', '\\:');

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
