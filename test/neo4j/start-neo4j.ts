import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, cpSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildNeo4j } from './build-neo4j.ts';

export interface Neo4jAccess {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

interface ServerState {
  /** Refuses every write to the graph; those who have a password are still known. */
  readonly readOnly?: boolean;
}

export interface Neo4jServer extends Neo4jAccess {
  /** Its process; another one after a restart. */
  readonly pid: number | undefined;
  /** The folder of its data, on whatever file system that is. */
  readonly data: string;
  /** Ends it at once, with SIGKILL. */
  kill(): Promise<void>;
  /** Ends it in order, if it runs, and starts it again with the same data on the same port. */
  restart(state?: ServerState): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

export interface ServerOptions extends ServerState {
  /** More or other settings, as in neo4j.conf. */
  readonly settings?: Readonly<Record<string, string>>;
  /** For measuring: memory, and the compiler of the JVM that takes long and makes fast code. */
  readonly isFull?: boolean;
  /**
   * Its data is on a file system of its own of so many MiB (see `canMount`), which goes with the process. It has all the room
   * there is after a restart.
   */
  readonly diskMib?: number;
}

export const USER = 'neo4j';
export const PASSWORD = 'a-password-of-the-tests';

/** Little memory and a quick start, for less speed later on: half the processor time to the first answer. */
const QUICK_JVM = ['-Xms64m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
/** As a server has it whose work is worth measuring; it takes what the server's own tool would recommend for a small machine. */
const FULL_JVM = ['-Xms2g', '-Xmx2g', '-XX:+UseParallelGC'];
const FULL_SETTINGS = { 'server.memory.pagecache.size': '512m', 'db.tx_log.preallocate': 'true' };

const SETTINGS = {
  'server.bolt.enabled': 'true',
  'dbms.security.auth_enabled': 'true',
  'dbms.usage_report.enabled': 'false',
  'server.memory.pagecache.size': '64m',
  'db.tx_log.preallocate': 'false',
  'db.filewatcher.enabled': 'false',
  // Three wrong passwords in a row shut the right one out as well for five seconds otherwise.
  'dbms.security.auth_max_failed_attempts': '0',
  // It waits for ten seconds otherwise, however idle it is.
  'internal.dbms.bolt.netty_server_shutdown_quiet_period': '0',
};

/** Starts a Neo4j community server of our own. It ends with this process, however that ends. */
export async function startNeo4j(options: ServerOptions = {}): Promise<Neo4jServer> {
  const { settings, isFull = false, diskMib } = options;
  const classPath = await buildNeo4j();
  const home = mkdtempSync(join(tmpdir(), 'audit-extract-neo4j-'));
  const conf = join(home, 'neo4j.conf');
  const address = `127.0.0.1:${await freePort()}`;
  const launch = ({ readOnly = false }: ServerState, password: string, mib?: number) => {
    const own = { 'server.bolt.listen_address': address, 'server.databases.default_to_read_only': String(readOnly) };
    const lines = Object.entries({ ...SETTINGS, ...(isFull ? FULL_SETTINGS : {}), ...own, ...settings }).map((entry) =>
      entry.join('='),
    );
    writeFileSync(conf, lines.join('\n'));
    const command = ['java', ...(isFull ? FULL_JVM : QUICK_JVM), '-cp', classPath, 'Neo4jServer', home, conf];
    return launchServer(mib === undefined ? command : onDisk(home, mib, command), password);
  };
  let java = await launch(options, PASSWORD, diskMib).catch((error: unknown) => {
    rmSync(home, { recursive: true, force: true });
    throw error;
  });
  // What is open is there, though nobody has it mounted any more.
  let small = diskMib === undefined ? undefined : openSync(`/proc/${java.pid}/root${home}/data`, 'r');
  return {
    url: `bolt://${address}`,
    user: USER,
    password: PASSWORD,
    get pid() {
      return java.pid;
    },
    get data() {
      return `/proc/${java.pid}/root${home}/data`;
    },
    kill: () => killJava(java),
    async restart(next = {}) {
      await endJava(java);
      if (small !== undefined) {
        cpSync(`/proc/self/fd/${small}/.`, join(home, 'data'), { recursive: true });
        closeSync(small);
        small = undefined;
      }
      java = await launch(next, '');
    },
    async stop() {
      await killJava(java);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The same command, in the same process, with a small disk in place of the folder `data`. */
function onDisk(home: string, mib: number, command: readonly string[]): readonly string[] {
  const script = 'mkdir "$0/data" && mount -t tmpfs -o "size=$1m" tmpfs "$0/data" && shift && exec "$@"';
  return ['unshare', '-rm', 'sh', '-c', script, home, String(mib), ...command];
}

/** Runs the server until it is ready; what it said goes with the error where it never is. */
async function launchServer(
  [program = '', ...args]: readonly string[],
  password: string,
): Promise<ChildProcessWithoutNullStreams> {
  const java = spawn(program, args);
  const said: string[] = [];
  const hear = (line: string) => void said.push(line);
  java.stdin.on('error', () => {}).write(`${password}\n`);
  createInterface(java.stderr).on('line', hear);
  const lines = createInterface(java.stdout).on('line', hear);
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => line === 'ready' && resolve());
    java.on('error', reject);
    java.on('close', () => reject(new Error(`Neo4j does not start:\n${said.join('\n')}`)));
  });
  return java;
}

const isOver = (java: ChildProcessWithoutNullStreams) => java.exitCode !== null || java.signalCode !== null;

async function endJava(java: ChildProcessWithoutNullStreams): Promise<void> {
  if (isOver(java)) return;
  java.stdin.end();
  await once(java, 'close');
}

async function killJava(java: ChildProcessWithoutNullStreams): Promise<void> {
  if (isOver(java)) return;
  java.kill('SIGKILL');
  await once(java, 'close');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
