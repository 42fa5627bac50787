import { spawn } from 'node:child_process';
import { join } from 'node:path';

const BIN = join(import.meta.dirname, '../../bin/audit-extract.js');

export interface CliResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

export interface CliOptions {
  readonly folder?: string;
  /** Variables beside the few that every run has. */
  readonly env?: Readonly<Record<string, string>>;
  /** What it can read on standard input; nothing, and no end of it, unless given. */
  readonly input?: string | Uint8Array;
}

/** The whole environment of a run: nothing of the machine's own reaches the program, so that results are the same everywhere. */
export function closedEnvironment(env: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', TZ: 'UTC', LANG: 'C.UTF-8', HOME: '/nonexistent', ...env };
}

/** Starts the built program, as its user does. */
export function startCli(args: readonly string[], { folder, env }: CliOptions = {}) {
  return spawn(process.execPath, [BIN, ...args], { cwd: folder, env: closedEnvironment(env) });
}

/** Runs the built program to its end. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const child = startCli(args, options);
  // A program that ends before it has read all of it is no failure of the test.
  if (options.input !== undefined) child.stdin.on('error', () => {}).end(options.input);
  const stdout: string[] = [];
  const stderr: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (part: string) => void stdout.push(part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => void stderr.push(part));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  return { stdout: stdout.join(''), stderr: stderr.join(''), code };
}
