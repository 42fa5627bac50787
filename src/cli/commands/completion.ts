import { Argument, type Command } from 'commander';
import { addProgramOptions } from '../common-options.ts';

/** The shells that can be told of the program. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

const EXAMPLES = `
Examples:
  $ source <(audit-extract completion bash)
  $ audit-extract completion bash > ~/.local/share/bash-completion/completions/audit-extract
  $ source <(audit-extract completion zsh)                after compinit
  $ audit-extract completion zsh > ~/.zfunc/_audit-extract
  $ audit-extract completion fish > ~/.config/fish/completions/audit-extract.fish`;

/** The flags of `completion`, as commander gives them. */
export interface CompletionFlags {
  readonly verbose?: true;
}

/** Declares `completion`: its help, and what happens when it is called. */
export function declareCompletion(
  program: Command,
  action: (shell: string, flags: CompletionFlags) => Promise<void>,
): void {
  const shell = new Argument('<shell>', `${SHELLS.join(', ')}`);
  shell.argChoices = [...SHELLS];
  addProgramOptions(program.command('completion'))
    .description('print what makes a shell complete commands, flags and their values')
    .addArgument(shell)
    .addHelpText('after', EXAMPLES)
    .action((name: string, flags: CompletionFlags) => action(name, flags));
}
