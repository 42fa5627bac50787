import type { ProgramDescription } from './command-description.ts';

/** The commands as a table of Markdown, group by group. */
export function commandList({ name, commands }: ProgramDescription): string {
  const groups = [...new Set(commands.map(({ group }) => group))];
  const rows = groups.flatMap((group) => [
    `| **${group}** | |`,
    ...commands
      .filter((command) => command.group === group)
      .map(({ name: words, operands, summary }) => {
        const line = [name, words, operands].filter(Boolean).join(' ');
        return `| \`${line.replaceAll('|', '\\|')}\` | ${summary.replaceAll('|', '\\|')} |`;
      }),
  ]);
  return ['| command | |', '| --- | --- |', ...rows].join('\n');
}
