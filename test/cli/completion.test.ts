import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentPath, manual } from '../../scripts/generated-docs.ts';
import { describedProgram } from '../../src/cli/described-program.ts';
import { firstWords } from '../../src/render/command-description.ts';
import { runCli } from '../support/run-cli.ts';
import { runShell } from '../support/run-shell.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** What bash offers for a line, whose last word is the one to be completed. */
async function offered(line: readonly string[]): Promise<readonly string[]> {
  const { stdout: script } = await runCli(['completion', 'bash']);
  const words = line.map((word) => `'${word}'`).join(' ');
  const ask = `COMP_WORDS=(audit-extract ${words}); COMP_CWORD=${line.length}; _audit_extract; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = await runShell(`set -u\n${script}\n${ask}`, []);
  expect(stderr).toBe('');
  return stdout.split('\n').filter(Boolean);
}

const hasShell = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0;

describe('completion', () => {
  it.each([
    [['st'], ['stats', 'status']],
    [['trail', 'm'], ['migrate']],
    [['trail', 'migrate', '--fr'], ['--from']],
    [['--dry'], ['--dry-run']],
    [['-t', 'org.db', 'query', '--tex'], ['--text']],
    [['neighbors', 'tool:Bash', '--format', 'm'], ['mermaid']],
    [['history', '--operation', 're'], ['restore']],
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

  it.skipIf(!hasShell('zsh')).each([
    [['hist'], 'history:show who changed'],
    [['history', 'p'], 'prune:drop old changes'],
    [['history', '--oper'], '--operation['],
    [['history', '--operation', ''], ':(insert update delete soft_delete restore prune)'],
    [['export', '--format', 'g'], ':(csv ndjson graphml jsonld cypher mermaid)'],
    [['completion', ''], ':(bash zsh fish)'],
  ])('in zsh offers for %j what fits, sourced or out of a folder', async (line, expected) => {
    const folder = tempFolder();
    writeFileSync(join(folder, '_audit-extract'), (await runCli(['completion', 'zsh'])).stdout);
    const words = `words=(audit-extract ${line.map((word) => `'${word}'`).join(' ')}); CURRENT=${line.length + 1}`;
    const stubs = `zmodload zsh/parameter; _arguments() { print -rl -- "$@"; }; _describe() { print -rl -- \${(P)2}; }`;
    const sourced = `compdef() { [[ $2 == audit-extract ]] && f=$1; }; source "$1/_audit-extract"; ${words}; $f`;
    const loaded = `fpath=("$1"); autoload -Uz _audit-extract; ${words}; _audit-extract`;
    for (const script of [sourced, loaded]) {
      const { stdout, stderr } = await runShell('zsh -f -c "$SCRIPT" zsh "$1"', [folder], {
        SCRIPT: `${stubs}; ${script}`,
      });
      expect(stderr).toBe('');
      expect(stdout).toContain(expected);
    }
  });

  it.skipIf(!hasShell('fish')).each([
    ['hist', ['history']],
    ['history p', ['prune']],
    ['history --oper', ['--operation']],
    ['history --operation ', ['delete', 'insert', 'prune', 'restore', 'soft_delete', 'update']],
    ['export --format g', ['graphml']],
    ['completion ', ['bash', 'fish', 'zsh']],
  ])('in fish offers for %j what fits: %j', async (line, expected) => {
    const script = 'fish -N -c "source $1/c.fish; complete -C \'audit-extract $2\'"';
    const folder = tempFolder();
    writeFileSync(join(folder, 'c.fish'), (await runCli(['completion', 'fish'])).stdout);
    const { stdout } = await runShell(script, [folder, line], { HOME: folder });
    expect(
      stdout
        .split('\n')
        .filter(Boolean)
        .map((one) => one.split('\t')[0]),
    ).toEqual(expected);
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
