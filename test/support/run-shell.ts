import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type CliResult, closedEnvironment } from './run-cli.ts';

const BIN = join(import.meta.dirname, '../../bin/audit-extract.js');

/** Runs a bash script in which `audit` is the program and `$@` are the arguments given. */
export async function runShell(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  const text = `audit() { "$NODE" "$BIN" "$@"; }\n${script}`;
  const child = spawn('bash', ['-c', text, 'bash', ...args], {
    env: closedEnvironment({ NODE: process.execPath, BIN, ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (part: string) => void stdout.push(part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => void stderr.push(part));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  return { stdout: stdout.join(''), stderr: stderr.join(''), code };
}

/** The same with a pseudo terminal as stdin, stdout and stderr; all that reached it is in `stdout`. */
export function runOnTerminal(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  const words = args.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const inner = `audit() { "$NODE" "$BIN" "$@"; }; set -- ${words}; ${command}`;
  return runShell('SHELL=/bin/bash exec script -qec "$INNER" /dev/null', [], { TERM: 'xterm', INNER: inner, ...env });
}
