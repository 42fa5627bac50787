import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { type CliResult, runCli, startCli } from '../support/run-cli.ts';
import type { Neo4jAccess } from './start-neo4j.ts';

/** A process of the program that has begun to write. */
interface RunningCli {
  readonly pid: number;
  signal(name: NodeJS.Signals): void;
  /** Gives what it said, and the exit code; null where a signal ended it. */
  readonly ended: Promise<CliResult>;
}

/** The program on a server, by `args`; who connects stands in its environment alone. */
export interface CliOnNeo4j {
  run(args: readonly string[]): Promise<CliResult>;
  /** Starts a run in batches of so many entries, and gives it when one of them is in. */
  startRun(args: readonly string[], batchSize: number): Promise<RunningCli>;
}

/** `url` is the server's own unless it is reached in another way. */
export function cliOnNeo4j({ url, user, password }: Neo4jAccess): CliOnNeo4j {
  const env = { AUDIT_EXTRACT_NEO4J_USER: user, AUDIT_EXTRACT_NEO4J_PASSWORD: password };
  const target = ['--target', url];
  return {
    run: (args) => runCli([...args, ...target], { env }),
    startRun: async (args, batchSize) => {
      const form = ['--format', 'ndjson', '--batch-size', String(batchSize)];
      const child = startCli(['run', ...args, ...target, ...form], { env });
      onTestFinished(() => void child.kill('SIGKILL'));
      const [stdout, stderr]: [string[], string[]] = [[], []];
      child.stdout.setEncoding('utf8').on('data', (part: string) => void stdout.push(part));
      child.stderr.setEncoding('utf8').on('data', (part: string) => void stderr.push(part));
      const ended = once(child, 'close').then(
        ([code]): CliResult => ({ code, stdout: stdout.join(''), stderr: stderr.join('') }),
      );
      await Promise.race([once(child.stdout, 'data'), ended]);
      return { pid: child.pid ?? 0, signal: (name) => void child.kill(name), ended };
    },
  };
}
