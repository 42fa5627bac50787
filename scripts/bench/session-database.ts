import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { connect } from '../../src/sqlite/connect.ts';
import { say } from './say.ts';
import { INSERT_EVENTS, INSERT_TASKS, INSERT_TOOL_CALLS, SESSION_TABLES, SHAPE_VERSION } from './session-shape.ts';

/** A sessions.db to measure on, and the number of tool calls that it has before any are appended. */
export interface SessionDatabase {
  readonly path: string;
  readonly rows: number;
}

/** Rows of one INSERT, so that it can be told how far things are. */
const CHUNK = 1_000_000;

/** The database with so many tool calls: that of the last time, or made anew. It gets its name only once it is whole. */
export function prepareSessions(folder: string, rows: number): SessionDatabase {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `sessions-${rows}.db`);
  if (existsSync(path) && isUsable(path, rows)) {
    say(`using the database with ${rows} tool calls of the last time`);
  } else {
    for (const suffix of ['', '-journal', '-wal', '-shm', '.part']) rmSync(path + suffix, { force: true });
    build(`${path}.part`, rows);
    renameSync(`${path}.part`, path);
  }
  return { path, rows };
}

/** Appends tool calls as a live writer would: with the next ids, in one committed transaction. */
export function appendToolCalls({ path, rows }: SessionDatabase, count: number): void {
  withDatabase(path, (db) => insert(db, INSERT_TOOL_CALLS, rows + 1, rows + count));
  flush(path);
}

/** Takes appended tool calls away again, and their ids, so that every repetition measures the same. */
export function removeAppended({ path, rows }: SessionDatabase): void {
  withDatabase(path, (db) =>
    db.transaction(() => {
      db.prepare('DELETE FROM tool_analytics WHERE id > ?').run(BigInt(rows));
      db.prepare(`UPDATE sqlite_sequence SET seq = ? WHERE name = 'tool_analytics'`).run(BigInt(rows));
    })(),
  );
  flush(path);
}

function isUsable(path: string, rows: number): boolean {
  return withDatabase(path, (db) => {
    const version = db.prepare<[], number>('SELECT user_version FROM pragma_user_version').pluck().get();
    return version === SHAPE_VERSION && (lastId(db) ?? 0) >= rows;
  });
}

function lastId(db: Database): number | null | undefined {
  return db.prepare<[], number | null>('SELECT max(id) FROM tool_analytics').pluck().get();
}

function build(path: string, rows: number): void {
  withDatabase(path, (db) => {
    db.exec('PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000');
    db.exec(`BEGIN; ${SESSION_TABLES}`);
    for (let first = 1; first <= rows; first += CHUNK) {
      say(`making the database with ${rows} tool calls: ${Math.floor((first * 100) / rows)} %`);
      insert(db, INSERT_TOOL_CALLS, first, Math.min(rows, first + CHUNK - 1));
    }
    insert(db, INSERT_EVENTS, 1, Math.ceil(rows / 170));
    insert(db, INSERT_TASKS, 1, Math.ceil(rows / 340));
    db.exec(`PRAGMA user_version = ${SHAPE_VERSION}; COMMIT`);
  });
  flush(path);
}

/** As 64-bit integers: the driver binds numbers as doubles, and SQL divides those otherwise. */
function insert(db: Database, sql: string, first: number, last: number): void {
  db.prepare(sql).run({ first: BigInt(first), last: BigInt(last) });
}

/** Waits until the disk has the file, so that the kernel does not write it out while something is measured. */
function flush(path: string): void {
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}

function withDatabase<Result>(path: string, use: (db: Database) => Result): Result {
  const db = connect(path);
  try {
    return use(db);
  } finally {
    db.close();
  }
}
