import type { Command } from 'commander';

const WITHOUT_COMMAND = new Set(['-h', '--help', '-V', '--version']);

/** A line with its command first: `run` need not be named, and flags may stand before the command. */
export function withCommand(argv: readonly string[], program: Command): string[] {
  if (argv[0] !== undefined && WITHOUT_COMMAND.has(argv[0])) return [...argv];
  const names = program.commands.map((command) => command.name());
  // Commander answers `help` of an unknown command with help of everything, and no word about it.
  if (argv[0] === 'help' && argv[1] !== undefined && !names.includes(argv[1])) return [argv[1]];
  const all = program.commands.flatMap((command) => [command, ...command.commands]);
  const options = all.flatMap((command) => command.options);
  const takesValue = (word: string) => {
    // Of short flags in one word, like -ns, the last one may take a value.
    const flag = /^-\w+$/.test(word) ? `-${word.at(-1)}` : word;
    return options.some(({ required, short, long }) => required && (short === flag || long === flag));
  };
  // A misspelt --flag=value is told as the flag alone: so the nearest is found, and no value is repeated.
  const isKnown = (word: string) => options.some(({ long }) => long === word.split('=')[0]);
  const words = argv.flatMap((word) =>
    /^--[^=]+=/.test(word) && !isKnown(word) ? [word.replace(/=.*/s, '')] : [word],
  );
  const at = words.findIndex((word, i) =>
    i === 0 ? !word.startsWith('-') : names.includes(word) && !takesValue(words[i - 1] ?? ''),
  );
  const command = words[at];
  if (command === undefined) return ['run', ...words];
  const rest = [...words.slice(0, at), ...words.slice(at + 1)];
  // So does a command of a command.
  const inner = program.commands.find((candidate) => candidate.name() === command)?.commands ?? [];
  const second = rest.findIndex(
    (word, i) => inner.some((one) => one.name() === word) && !takesValue(rest[i - 1] ?? ''),
  );
  const name = rest[second];
  return name === undefined ? [command, ...rest] : [command, name, ...rest.toSpliced(second, 1)];
}
