import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentPath, manual } from '../../scripts/generated-docs.ts';
import { describedProgram } from '../../src/cli/described-program.ts';
import { firstWords } from '../../src/render/command-description.ts';
import { runCli } from '../support/run-cli.ts';
import { runShell } from '../support/run-shell.ts';

/** What bash offers for a line, whose last word is the one to be completed. */
async function offered(line: readonly string[]): Promise<readonly string[]> {
  const { stdout: script } = await runCli(['completion', 'bash']);
  const words = line.map((word) => `'${word}'`).join(' ');
  const ask = `COMP_WORDS=(audit-extract ${words}); COMP_CWORD=${line.length}; _audit_extract; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = await runShell(`set -u\n${script}\n${ask}`, []);
  expect(stderr).toBe('');
  return stdout.split('\n').filter(Boolean);
}

describe('completion', () => {
  it.each([
    [['st'], ['stats', 'status']],
    [['trail', 'm'], ['migrate']],
    [['trail', 'migrate', '--fr'], ['--from']],
    [['--dry'], ['--dry-run']],
    [['-t', 'org.db', 'query', '--tex'], ['--text']],
    [['neighbors', 'tool:Bash', '--format', 'm'], ['mermaid']],
    [
      ['run', '--format', ''],
      ['table', 'json', 'ndjson'],
    ],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['run', '--source', ''], []],
    [['query', '--tool', 'B'], []],
  ])('in bash offers for %j what fits: %j', async (line, expected) => {
    expect(await offered(line)).toEqual(expected);
  });

  it('in bash knows every command, and every flag of each', async () => {
    const program = describedProgram();
    expect((await offered([''])).toSorted()).toEqual([...firstWords(program), 'help'].toSorted());
    for (const { name, flags } of program.commands.filter((_, at) => at % 4 === 0)) {
      const words = flags.flatMap(({ short, long }) => [short, long]).filter((word) => word !== undefined);
      expect([...(await offered([...name.split(' '), '-']))].toSorted()).toEqual([...words].toSorted());
    }
  });

  it.each(['zsh', 'fish'])('in %s knows every command and flag, too', async (shell) => {
    const { stdout, code } = await runCli(['completion', shell]);
    expect(code).toBe(0);
    for (const { name, flags } of describedProgram().commands) {
      expect(stdout).toContain(name.split(' ').at(-1));
      for (const { long } of flags) expect(stdout).toContain(shell === 'zsh' ? `*${long}[` : `-l ${long.slice(2)}`);
    }
    await expect(stdout).toMatchFileSnapshot(`golden/completion.${shell}`);
  });

  it('is for shells that it knows', async () => {
    const { stdout, stderr, code } = await runCli(['completion', 'tcsh']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: the shell cannot be 'tcsh'\nhint: name one of bash, zsh, fish\n$/);
    expect((await runCli(['completion'])).code).toBe(2);
  });
});

describe('every command', () => {
  it.each(describedProgram().commands)(
    '$name has a group, says what it is for, and ends its help in examples',
    ({ group, summary, notes }) => {
      expect(group).not.toBe('');
      expect(summary).toMatch(/^[a-z].*[^.]$/);
      expect(notes).toMatch(/(^|\n)Examples:\n( +\$ .+\n?)+/);
      expect(notes.trimEnd().split('\n').at(-1)).toMatch(/^ +\$ /);
    },
  );

  it('stands in the manual (npm run docs)', () => {
    const { file, text } = manual();
    expect(readFileSync(documentPath(file), 'utf8')).toBe(text);
    for (const { name } of describedProgram().commands)
      expect(text).toContain(`.SS audit\\-extract ${name.replaceAll('-', '\\-')}`);
  });
});
