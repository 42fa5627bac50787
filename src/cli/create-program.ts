import { Command } from 'commander';
import { packageVersion } from '../jobs/package-version.ts';
import { declareCommands, type Start } from './commands/index.ts';

const EXAMPLES = `
Examples:
  $ audit-extract --dry-run
  $ audit-extract run --help
  $ audit-extract schedule --systemd
  $ audit-extract status
  $ audit-extract query --since 7d
  $ audit-extract verify`;

/**
 * The program with all its commands; `start` makes of an action what is done when its command is called, and `write` takes
 * help and version.
 */
export function createProgram(start: Start, write: (text: string) => void): Command {
  const program = new Command('audit-extract')
    .description('Turns the trail of AI coding sessions (sessions.db) into audit nodes of a knowledge graph (org.db).')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    // Flags after the name of a command are that command's, though the one before it may have them, too.
    .enablePositionalOptions()
    .configureOutput({ writeOut: write, writeErr: () => {} })
    .addHelpText('after', EXAMPLES);
  declareCommands(program, start);
  return program;
}
