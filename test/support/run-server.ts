import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { type CliOptions, startCli } from './run-cli.ts';

/** What a server answered. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; fails where it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: what comes is looked at member by member
  readonly json: any;
}

/** The built program, serving. */
export interface ServerProcess {
  readonly url: string;
  readonly port: number;
  readonly child: ChildProcess;
  /** Asks it; a body that is no text or bytes is sent as JSON. X-User is `tester` unless given. */
  ask(
    path: string,
    asked?: { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown },
  ): Promise<Reply>;
  /** Ends it as its user does, and gives its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** All of its stderr so far. */
  stderr(): string;
}

/** Starts `audit-extract serve` on a port that is free, and waits until it listens. It ends with the test. */
export async function runServer(args: readonly string[], options: CliOptions = {}): Promise<ServerProcess> {
  const child = startCli(['serve', '--port', '0', '--json', ...args], options);
  onTestFinished(() => void child.kill('SIGKILL'));
  const closed = once(child, 'close');
  const errors: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (part: string) => void errors.push(part));
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      said += part;
      if (said.endsWith('}\n')) resolve(JSON.parse(said).url);
    });
    closed.then(() => reject(new Error(`it did not listen: ${errors.join('')}`)), reject);
  });
  return {
    url,
    port: Number(new URL(url).port),
    child,
    ask: (path, asked = {}) => ask(new URL(path, url), asked),
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      await closed;
      return child.exitCode;
    },
    stderr: () => errors.join(''),
  };
}

async function ask(
  url: URL,
  { method = 'GET', headers = {}, body }: Parameters<ServerProcess['ask']>[1] & {},
): Promise<Reply> {
  const isRaw =
    body === undefined || typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData;
  const reply = await fetch(url, {
    method,
    headers: { 'x-user': 'tester', ...(!isRaw && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: isRaw ? body : JSON.stringify(body) }),
  });
  const text = await reply.text();
  return {
    status: reply.status,
    headers: reply.headers,
    text,
    get json() {
      return JSON.parse(text);
    },
  };
}
