import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AuditError, type ErrorCode } from '../model/errors.ts';
import { describeBackupError } from './backup-error.ts';

/** Which of our databases an error came from. */
export interface Place {
  readonly role: 'source' | 'target' | 'staging' | 'backup';
  readonly path: string;
  /** The table of a target that is written to; `kg_nodes` unless given. */
  readonly table?: 'kg_edges';
}

type SqliteError = InstanceType<typeof Database.SqliteError>;
type Failure = readonly [code: ErrorCode, message: string, hint: string];

/** Reads something, and tells what goes wrong as what it means to a user. */
export type Read = <Result>(action: () => Result) => Result;

/** The same for those who wait for it: what fails rejects. */
export type Answer = <Result>(action: () => Result) => Promise<Result>;

/** Runs `action`; a driver error is thrown as what it means to the user, anything else as it is. */
export function translating<Result>(place: Place, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw translated(error, place);
  }
}

/** A driver error as what it means to the user, anything else as it is. */
export function translated(error: unknown, place: Place): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const [code, message, hint] = describe(error, place);
  return new AuditError(code, message, hint, error);
}

/** Runs a trial of the target: what SQLite cannot make sense of there, such as a rule of a missing function, refuses us. */
export function probing<Result>(path: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof Database.SqliteError) || error.code !== 'SQLITE_ERROR') throw error;
    const message = `target ${path} refuses our nodes: ${plainReason(error)}`;
    throw new AuditError('target-refuses-writes', message, 'mend the schema of the target, or name another one', error);
  }
}

function describe(error: SqliteError, { role, path, table }: Place): Failure {
  if (role === 'staging') return describeStaging(error);
  if (role === 'backup') return describeBackupError(error.code, path);
  const code = error.code;
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return [`${role}-locked`, `${role} ${path} stayed locked by another program`, 'run again when it is done'];
  }
  if (code === 'SQLITE_NOTADB') {
    return [`${role}-not-a-database`, `${role} ${path} is not a SQLite database`, `name a SQLite file with --${role}`];
  }
  if (code.startsWith('SQLITE_CORRUPT')) {
    return [
      `${role}-corrupt`,
      `${role} ${path} is damaged`,
      'let SQLite check its integrity, or restore it from a backup',
    ];
  }
  return role === 'target' ? describeTarget(error, path, table) : describeSource(error, path);
}

function describeSource(error: SqliteError, path: string): Failure {
  if (error.code.startsWith('SQLITE_READONLY') && !isLeftUnfinished(path)) return cannotOpen(path);
  if (error.code.startsWith('SQLITE_READONLY')) {
    const message = `source ${path} was left in the middle of a write by a program that died`;
    return ['source-unfinished', message, 'open it once with a program that may write to it, then run again'];
  }
  // A source is never written: what can be full is only what its rows are kept in for a while.
  if (error.code === 'SQLITE_FULL') return describeStaging(error);
  return error.code.startsWith('SQLITE_CANTOPEN')
    ? cannotOpen(path)
    : ['source-failed', failing('source', path, error), 'check the file and its folder'];
}

function cannotOpen(path: string): Failure {
  const hint = 'make it readable, and, for a WAL database, its folder writable';
  return ['source-unreadable', `source ${path} cannot be opened`, hint];
}

/** What a program that died in the middle of a write leaves beside a database. */
function isLeftUnfinished(path: string): boolean {
  return ['-wal', '-journal'].some((end) => existsSync(path + end) && statSync(path + end).size > 0);
}

function describeTarget(error: SqliteError, path: string, table: Place['table']): Failure {
  const code = error.code;
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_WRITE') {
    return ['target-full', `the disk of target ${path} is full`, 'free some space and run again; whole batches are in'];
  }
  if (/^SQLITE_(READONLY|PERM|CANTOPEN)/.test(code)) {
    return ['target-refuses-writes', `target ${path} cannot be written to`, 'make the file and its folder writable'];
  }
  if (code.startsWith('SQLITE_CONSTRAINT') || code === 'SQLITE_MISMATCH') {
    return [
      'target-refuses-writes',
      `${refusal(path, table)}: ${ruleBroken(error)}`,
      'loosen that rule of the table, or name another target',
    ];
  }
  return ['target-failed', failing('target', path, error), 'check the file and its folder'];
}

function refusal(path: string, table: Place['table']): string {
  return table === undefined
    ? `kg_nodes of target ${path} refuses our nodes`
    : `${table} of target ${path} refuses our edges`;
}

/** What a table has against a row, where an error is that it has; undefined of any other error. */
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Database.SqliteError)) return undefined;
  const isRefusal = error.code.startsWith('SQLITE_CONSTRAINT') || error.code === 'SQLITE_MISMATCH';
  return isRefusal ? ruleBroken(error) : undefined;
}

/** Names the rule of the table; SQLite quotes a CHECK's own text, which is SQL, and a trigger's, which is for people. */
function ruleBroken({ code, message }: SqliteError): string {
  const column = message.split(': ').at(-1) ?? '';
  switch (code) {
    case 'SQLITE_CONSTRAINT_NOTNULL':
      return `${column} must have a value`;
    case 'SQLITE_CONSTRAINT_UNIQUE':
    case 'SQLITE_CONSTRAINT_PRIMARYKEY':
      return `${column} must be unique`;
    case 'SQLITE_CONSTRAINT_FOREIGNKEY':
      return 'a column must name a row of another table';
    case 'SQLITE_CONSTRAINT_TRIGGER':
      return `a trigger says "${message}"`;
    case 'SQLITE_CONSTRAINT_CHECK':
      return 'a value is outside what the table checks for';
    default:
      return 'a value is of another type than the table wants';
  }
}

function describeStaging(error: SqliteError): Failure {
  return error.code === 'SQLITE_FULL'
    ? ['staging-full', 'the temporary folder is full', 'free some space there, or name another one in SQLITE_TMPDIR']
    : [
        'staging-failed',
        `temporary storage failed: ${error.message}`,
        'check the temporary folder, or name one in SQLITE_TMPDIR',
      ];
}

function failing(role: string, path: string, error: SqliteError): string {
  return `${role} ${path} failed: ${plainReason(error)}`;
}

/** A syntax message quotes the SQL it stumbled over, which is of no use to a user. */
function plainReason(error: SqliteError): string {
  return /^near "/.test(error.message) ? 'a part of it is not valid SQL' : error.message;
}
