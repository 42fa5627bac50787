import type { RunReport } from '../model/report.ts';

/** What a user would want to type after a run: the run itself after a dry run, a first look at the graph after that. */
export function nextCommand({ dry_run, source, target }: RunReport): string {
  if (dry_run) return `audit-extract --source ${shellWord(source.path)} --target ${shellWord(target.path)}`;
  return `sqlite3 -box ${shellWord(target.path)} "SELECT subtype, count(*) FROM kg_nodes GROUP BY subtype"`;
}

/** Quotes a word for a POSIX shell where it needs it. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
