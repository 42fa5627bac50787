import {
  type CommandDescription,
  type FlagDescription,
  firstWords,
  type ProgramDescription,
  secondWords,
  summaryOf,
} from './command-description.ts';

/** What completes command lines in fish. */
export function fishCompletion(program: ProgramDescription): string {
  const { name, commands } = program;
  const firsts = firstWords(program).join(' ');
  const words = [
    ...firstWords(program).map((word) =>
      lineOf(name, '__fish_use_subcommand', `-f -a ${word}`, summaryOf(program, word)),
    ),
    ...firstWords(program).flatMap((first) => {
      const seconds = secondWords(program, first);
      const isNext = `__fish_seen_subcommand_from ${first}; and not __fish_seen_subcommand_from ${seconds.join(' ')}`;
      return seconds.map((second) => lineOf(name, isNext, `-f -a ${second}`, summaryOf(program, `${first} ${second}`)));
    }),
  ];
  return `# fish completion of ${name}: put it into ~/.config/fish/completions/${name}.fish
${words.join('\n')}
${commands.flatMap((command) => commandLines(program, command, firsts)).join('\n')}
`;
}

function commandLines(
  program: ProgramDescription,
  { name, flags, operandValues }: CommandDescription,
  firsts: string,
): readonly string[] {
  const [first = '', second] = name.split(' ');
  const others = secondWords(program, first);
  const own =
    second === undefined ? others.map((word) => `; and not __fish_seen_subcommand_from ${word}`).join('') : '';
  const condition =
    second === undefined
      ? `__fish_seen_subcommand_from ${first}${own}`
      : `__fish_seen_subcommand_from ${first}; and __fish_seen_subcommand_from ${second}`;
  // A line without a command is a run.
  const conditions = name === 'run' ? [condition, `not __fish_seen_subcommand_from ${firsts}`] : [condition];
  const operands =
    operandValues === undefined ? [] : [lineOf(program.name, condition, `-f -a '${operandValues.join(' ')}'`, '')];
  return [
    ...operands,
    ...conditions.flatMap((when) => flags.map((flag) => lineOf(program.name, when, wordsOf(flag), flag.summary))),
  ];
}

function wordsOf({ short, long, value }: FlagDescription): string {
  const names = `${short === undefined ? '' : `-s ${short.slice(1)} `}-l ${long.replace(/^--?/, '')}`;
  switch (value.kind) {
    case 'none':
      return names;
    case 'path':
      return `${names} -r -F`;
    case 'one of':
      return `${names} -x -a '${value.values.join(' ')}'`;
    case 'any':
      return `${names} -x`;
  }
}

function lineOf(program: string, condition: string, words: string, summary: string): string {
  const description = summary === '' ? '' : ` -d '${summary.replace(/['\\]/g, '\\$&')}'`;
  return `complete -c ${program} -n '${condition}' ${words}${description}`;
}
