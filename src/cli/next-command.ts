import { shellWord } from '../render/shell-word.ts';
import type { RunFlags } from './commands/run.ts';
import type { RunSettings } from './run-settings.ts';
import { runWords, switchWords } from './run-words.ts';

/** What a user would want to type after a run: the same run for real after a dry run, a first look at the graph else. */
export function nextCommand(
  flags: RunFlags,
  { source, origin, target }: Pick<RunSettings, 'source' | 'origin' | 'target'>,
): string {
  if (!flags.dryRun) return `audit-extract stats -t ${shellWord(target)}`;
  const words = runWords({ ...flags, source, origin, target }).map(shellWord);
  const switches = [...(flags.full ? ['--full'] : []), ...(flags.acceptSource ? ['--accept-source'] : [])];
  const { redact, edges } = flags;
  return ['audit-extract', ...words, ...switchWords({ redact, edges }), ...switches].join(' ');
}
