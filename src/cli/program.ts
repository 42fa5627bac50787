import { CommanderError } from 'commander';
import type { Action } from './commands/index.ts';
import { createProgram } from './create-program.ts';
import { toUsageError } from './usage-error.ts';
import { withCommand } from './with-command.ts';

/** Gives an action what it was asked and where its output goes; it gives an exit code. */
export type Perform = <Asked extends unknown[]>(action: Action<Asked>, ...asked: Asked) => Promise<number>;

/**
 * Parses a command line and runs the command it names. Gives the exit code and, for `--help` and `--version`, the
 * text that was asked for. Throws an `AuditError` of code `usage` for a line that cannot be understood.
 */
export async function runProgram(argv: readonly string[], perform: Perform): Promise<{ code: number; text: string }> {
  const texts: string[] = [];
  const codes: number[] = [];
  const program = createProgram(
    (load) =>
      async (...args) =>
        void codes.push(await perform(await load(), ...args)),
    (text) => void texts.push(text),
  );
  try {
    await program.parseAsync(withCommand(argv, program), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw toUsageError(error, program);
  }
  return { code: codes[0] ?? 0, text: texts.join('') };
}
