import type { Command } from 'commander';
import { badValue } from '../model/bad-value.ts';
import type { ProgramDescription } from '../render/command-description.ts';
import { bashCompletion } from '../render/completion-bash.ts';
import { fishCompletion } from '../render/completion-fish.ts';
import { zshCompletion } from '../render/completion-zsh.ts';
import { type CompletionFlags, SHELLS } from './commands/completion.ts';
import type { Action } from './commands/index.ts';
import { describeProgram } from './describe-program.ts';

const SCRIPTS: Readonly<Record<(typeof SHELLS)[number], (program: ProgramDescription) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `audit-extract completion` of a program as it is declared: the action gives the exit code. */
export function completionActionOf(program: Command): Action<[name: string, flags: CompletionFlags]> {
  return async (name, _flags, _io, screen) => {
    const shell = SHELLS.find((one) => one === name);
    if (shell === undefined) throw badValue({ name: 'the shell', value: name }, `name one of ${SHELLS.join(', ')}`);
    await screen.out.write(SCRIPTS[shell](describeProgram(program)));
    return 0;
  };
}
