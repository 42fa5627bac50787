/** What follows a flag on the command line. */
export type FlagValue =
  | { readonly kind: 'none' }
  | { readonly kind: 'path'; readonly name: string }
  | { readonly kind: 'one of'; readonly name: string; readonly values: readonly string[] }
  | { readonly kind: 'any'; readonly name: string };

/** A flag, and what it is for. */
export interface FlagDescription {
  readonly short: string | undefined;
  readonly long: string;
  readonly value: FlagValue;
  readonly summary: string;
}

/** A command, as help, the man page and shells know it. */
export interface CommandDescription {
  /** With the name of the command that it belongs to: `trail migrate`. */
  readonly name: string;
  readonly group: string;
  readonly summary: string;
  /** As they stand after the name: `<id...>`. */
  readonly operands: string;
  /** The values that its one operand may have; undefined where that is anything. */
  readonly operandValues: readonly string[] | undefined;
  readonly flags: readonly FlagDescription[];
  /** What its help says after the flags, its examples at the end. */
  readonly notes: string;
}

/** The program, as these know it. */
export interface ProgramDescription {
  readonly name: string;
  readonly version: string;
  readonly summary: string;
  readonly commands: readonly CommandDescription[];
}

/** The first words of commands, each once. */
export function firstWords({ commands }: ProgramDescription): readonly string[] {
  return [...new Set(commands.map(({ name }) => name.split(' ')[0] ?? ''))];
}

/** What a command is for; of one that does nothing itself, what the first one that belongs to it is for. */
export function summaryOf({ commands }: ProgramDescription, name: string): string {
  const own = commands.find((one) => one.name === name);
  return (own ?? commands.find((one) => one.name.startsWith(`${name} `)))?.summary ?? '';
}

/** The second words that a command takes, such as `migrate` of `trail`. */
export function secondWords({ commands }: ProgramDescription, first: string): readonly string[] {
  return commands.flatMap(({ name }) => {
    const [own, second] = name.split(' ');
    return own === first && second !== undefined ? [second] : [];
  });
}
