import type { RunFlags } from './commands/run.ts';
import type { RunSettings } from './run-settings.ts';

/** What a user would want to type after a run: the same run for real after a dry run, a first look at the graph else. */
export function nextCommand(flags: RunFlags, { source, target }: RunSettings): string {
  if (!flags.dryRun) {
    return `sqlite3 -box ${shellWord(target)} "SELECT subtype, count(*) FROM kg_nodes GROUP BY subtype"`;
  }
  const given = [
    ['--source', source],
    ['--target', target],
    ['--config', flags.config],
    ['--only', flags.only],
    ['--skip', flags.skip],
    ['--batch-size', flags.batchSize],
    ['--error-status', flags.errorStatus],
    ['--extractor', flags.extractor],
  ] as const;
  const full = flags.full ? ['--full'] : [];
  const words = given.flatMap(([flag, value]) => (value === undefined ? [] : [flag, shellWord(value)]));
  return ['audit-extract', ...words, ...full].join(' ');
}

/** Quotes a word for a POSIX shell where it needs it. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
