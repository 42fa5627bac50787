import { Command, CommanderError } from 'commander';
import { packageVersion } from '../jobs/package-version.ts';
import { type Action, declareCommands } from './commands/index.ts';
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
  const program = new Command('audit-extract')
    .description('Turns the trail of AI coding sessions (sessions.db) into audit nodes of a knowledge graph (org.db).')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    // Flags after the name of a command are that command's, though the one before it may have them, too.
    .enablePositionalOptions()
    .configureOutput({ writeOut: (text) => void texts.push(text), writeErr: () => {} })
    .addHelpText(
      'after',
      '\nExamples:\n  $ audit-extract --dry-run\n  $ audit-extract run --help\n  $ audit-extract schedule --systemd\n  $ audit-extract status\n  $ audit-extract query --since 7d\n  $ audit-extract verify',
    );
  declareCommands(
    program,
    (load) =>
      async (...args) =>
        void codes.push(await perform(await load(), ...args)),
  );
  try {
    await program.parseAsync(withCommand(argv, program), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw toUsageError(error, program);
  }
  return { code: codes[0] ?? 0, text: texts.join('') };
}
