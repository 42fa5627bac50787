import { type CommandDescription, firstWords, type ProgramDescription, secondWords } from './command-description.ts';

/** What completes command lines in bash. Files are completed where nothing else fits. */
export function bashCompletion(program: ProgramDescription): string {
  const { name, commands } = program;
  const own = `_${name.replaceAll('-', '_')}`;
  const pairs = firstWords(program)
    .map((first) => [first, secondWords(program, first)] as const)
    .filter(([, seconds]) => seconds.length > 0);
  return `# bash completion of ${name}: source it, or put it where bash-completion looks for it
${own}() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD - 1]}" command= second= flags= values= takes= i
  # A line without a command is a run.
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
      ${firstWords(program).join(' | ')}) command="\${COMP_WORDS[i]}"; break ;;
    esac
  done
  for ((i++; i < COMP_CWORD; i++)); do
    case "$command \${COMP_WORDS[i]}" in
      ${pairs.flatMap(([first, seconds]) => seconds.map((second) => `'${first} ${second}'`)).join(' | ')}) second="\${COMP_WORDS[i]}"; break ;;
    esac
  done
  case "\${command:-run}\${second:+ $second}" in
${commands.map(caseOf).join('\n')}
${pairs
  .filter(([first]) => !commands.some((one) => one.name === first))
  .map(([first, seconds]) => `    '${first}') values='${seconds.join(' ')}' ;;`)
  .join('\n')}
  esac
  if [[ -n "$values" ]]; then
    COMPREPLY=($(compgen -W "$values" -- "$word"))
  elif [[ " $takes " == *" $before "* ]]; then
    COMPREPLY=()
  elif [[ "$word" == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$word"))
  elif [[ -z "$command" ]]; then
    COMPREPLY=($(compgen -W '${firstWords(program).join(' ')} help' -- "$word"))
${pairs.map(([first, seconds]) => `  elif [[ "$command" == '${first}' && -z "$second" ]]; then\n    COMPREPLY=($(compgen -W '${seconds.join(' ')}' -- "$word"))`).join('\n')}
  fi
}
complete -o default -F ${own} ${name}
`;
}

function caseOf({ name, flags, operandValues }: CommandDescription): string {
  const words = flags.flatMap(({ short, long }) => (short === undefined ? [long] : [short, long]));
  const takers = flags.filter(({ value }) => value.kind === 'path' || value.kind === 'any');
  const takes = takers.flatMap(({ short, long }) => (short === undefined ? [long] : [short, long])).join(' ');
  const few = flags.flatMap(({ short, long, value }) =>
    value.kind === 'one of'
      ? [`        ${[short, long].filter(Boolean).join(' | ')}) values='${value.values.join(' ')}' ;;`]
      : [],
  );
  const operand =
    operandValues === undefined ? '' : `\n      [[ "$word" == -* ]] || values='${operandValues.join(' ')}'`;
  const chosen = few.length === 0 ? '' : `\n      case "$before" in\n${few.join('\n')}\n      esac`;
  return `    '${name}')\n      flags='${words.join(' ')}'\n      takes='${takes}'${operand}${chosen}\n      ;;`;
}
