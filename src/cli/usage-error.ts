import type { Command, CommanderError } from 'commander';
import { AuditError } from '../model/errors.ts';

/** What is wrong with a command line, in our words. Commander puts its suggestion in the message, in brackets on a line of its own. */
export function toUsageError(error: CommanderError, program: Command): AuditError {
  if (error.code === 'commander.help') {
    return new AuditError(
      'usage',
      'a word is missing after the command',
      'audit-extract COMMAND --help lists what may follow',
    );
  }
  const [message = '', suggestion] = error.message.replace(/^error: /, '').split('\n');
  const hint = suggestion?.replace(/^\((.*)\)$/, '$1').replace(/^D/, 'd') ?? innerCommand(message, program);
  return new AuditError('usage', message, hint ?? 'audit-extract --help lists commands and flags');
}

/** Of a command that does something by itself Commander takes a misspelt command within it for a word too many. */
function innerCommand(message: string, program: Command): string | undefined {
  const [, name] = /^too many arguments for '(.*?)'/.exec(message) ?? [];
  const [inner] = program.commands.find((command) => command.name() === name)?.commands ?? [];
  return inner && `did you mean ${inner.name()}?`;
}
