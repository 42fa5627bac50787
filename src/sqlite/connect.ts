import Database, { type Options } from 'better-sqlite3';
import { LOCK_WAIT_MS } from './lock-wait.ts';

/** From Node 24.19 on, better-sqlite3 12 built from source ends the process when one of its objects is collected. */
const KEEPS = Number(process.versions.node.split('.')[0]) >= 24;
const kept = new Set<object>();

/** Keeps an object of the driver, a statement or a walk through rows, from being collected, where that is fatal. */
export function keep<Held extends object>(held: Held): Held {
  if (KEEPS) kept.add(held);
  return held;
}

/** Opens a database: every connection of ours begins here. Waits for the locks of others before it gives up. */
export function connect(path: string, options: Options = {}): Database.Database {
  if (path.trim() !== path) throw new Error('a path with white space at its ends would open another file');
  const db = keep(new Database(path, { timeout: LOCK_WAIT_MS, ...options }));
  const prepare = db.prepare;
  Object.defineProperty(db, 'prepare', { value: (sql: string) => keep(prepare.call(db, sql)) });
  if (KEEPS) keepBackups(db);
  return db;
}

/** The driver's own object of a copy is handed out by an inner one, under a name that it keeps to itself. */
function keepBackups(db: object): void {
  for (const name of Object.getOwnPropertySymbols(db)) {
    const inner: unknown = Reflect.get(db, name);
    if (typeof inner !== 'object' || inner === null || !('backup' in inner)) continue;
    const { backup } = inner;
    if (typeof backup !== 'function') continue;
    Object.defineProperty(inner, 'backup', {
      value: (...given: readonly unknown[]) => keep(Reflect.apply(backup, inner, given)),
    });
  }
}
