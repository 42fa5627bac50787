import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { badValue } from '../model/bad-value.ts';
import { AuditError, reasonOf } from '../model/errors.ts';
import type { ServerOptions } from '../server/server-options.ts';
import type { ThreadSettings } from '../threads/thread-settings.ts';
import type { ServeFlags } from './commands/serve.ts';
import type { Io } from './io.ts';
import { parseWholeNumber } from './whole-number.ts';

const HOST = '127.0.0.1';
const PORT = { from: 0, to: 65_535, usual: 7077 };
const RATE = { from: 1, to: 1_000_000, usual: 5000 };
const UPLOAD = { from: 1, to: Number.MAX_SAFE_INTEGER, usual: 4_294_967_296 };
const SHORTEST_TOKEN = 16;

/** Understands how a graph is to be served. Throws where that would be open to strangers. */
export function serverOptions(flags: ServeFlags, settings: ThreadSettings, io: Io): ServerOptions {
  const { host = HOST } = flags;
  if (host === '' || (isIP(host) === 0 && !/^[a-z0-9.-]+$/i.test(host))) {
    throw badValue({ name: '--host', value: host }, 'give an address of this machine, or its name');
  }
  const token = tokenOf(flags, io);
  if (token === undefined && !isLoopback(host)) {
    const hint = 'put one into a file and name it with --token-file, or set AUDIT_EXTRACT_TOKEN';
    throw new AuditError('token-missing', `to listen on ${host}, which others reach, takes a token`, hint);
  }
  const number = (name: string, value: string | undefined, range: typeof PORT) => parseWholeNumber(name, value, range);
  return {
    settings,
    host,
    port: number('--port', flags.port, PORT),
    isReadOnly: flags.readOnly === true,
    servesDatabase: flags.db,
    maxRecords: flags.maxRecords === undefined ? undefined : number('--max-records', flags.maxRecords, UPLOAD),
    token,
    allowedHosts: listOf(flags.allowHost).map((name) => name.toLowerCase()),
    allowedOrigins: listOf(flags.allowOrigin).map(originOf),
    requestsPerSecond: number('--rate-limit', flags.rateLimit, RATE),
    largestUpload: number('--max-upload', flags.maxUpload, UPLOAD),
    clock: io.clock,
  };
}

/** A name that only looks like an address of the loopback may lead anywhere. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

const listOf = (given: string | undefined): readonly string[] =>
  (given ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function originOf(given: string): string {
  const { origin } = URL.canParse(given) ? new URL(given) : { origin: 'null' };
  // That of files and of pages in a sandbox is no origin that can be told from any other.
  if (origin === given && origin !== 'null') return origin;
  throw badValue({ name: '--allow-origin', value: given }, 'give an origin, like https://audit.example.org');
}

/** From the file that is named, else from the environment: never from a flag, which the list of processes shows. */
function tokenOf({ tokenFile }: ServeFlags, { env, folder }: Io): string | undefined {
  const given =
    tokenFile === undefined ? env['AUDIT_EXTRACT_TOKEN'] || undefined : readToken(resolve(folder, tokenFile));
  if (given === undefined || (given.length >= SHORTEST_TOKEN && /^[!-~]+$/.test(given))) return given;
  const where = tokenFile === undefined ? 'AUDIT_EXTRACT_TOKEN' : `file ${tokenFile}`;
  const hint = `${SHORTEST_TOKEN} characters or more without blanks, as openssl rand -hex 32 makes them`;
  throw new AuditError('usage', `the token in ${where} cannot serve`, hint);
}

function readToken(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    const why = reasonOf(error).split(',')[0];
    throw new AuditError('usage', `token file ${path} cannot be read: ${why}`, 'name a file with --token-file', error);
  }
}
