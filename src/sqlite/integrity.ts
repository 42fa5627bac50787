import Database from 'better-sqlite3';

/** How thoroughly a file is looked at: `quick` does not compare indexes with their tables. */
export type Thoroughness = 'quick' | 'whole';

/** What is wrong with a file, as SQLite words it, the first few of each. */
export interface Integrity {
  /** Pages, rows or indexes that are not as SQLite writes them. */
  readonly damage: readonly string[];
  /** Rows that break a rule of their table: somebody wrote them so. */
  readonly breaches: readonly string[];
  /** Tables that could not be checked, as they need functions that only other programs have. */
  readonly unchecked: readonly string[];
}

const MOST = 5;
/** More rows than that may break a rule before damage is told of. */
const LOOKED_AT = 1000;
const BREACH = /^(NULL value in|CHECK constraint failed in|\S+ value in) /;

const CHECKS = {
  quick: 'SELECT * FROM pragma_quick_check(?)',
  whole: 'SELECT * FROM pragma_integrity_check(?)',
} as const satisfies Readonly<Record<Thoroughness, string>>;

/** Has SQLite check a file. */
export function checkIntegrity(db: Database.Database, thoroughness: Thoroughness): Integrity {
  const check = db.prepare<[number | string], string>(CHECKS[thoroughness]).pluck();
  const [texts, unchecked]: [string[], string[]] = [[], []];
  try {
    texts.push(...check.all(LOOKED_AT));
  } catch (error) {
    if (!isUnknown(error)) throw error;
    // One by one, so that the others are checked at least.
    for (const table of tableNames(db)) {
      try {
        texts.push(...check.all(table));
      } catch (failure) {
        if (!isUnknown(failure)) throw failure;
        unchecked.push(table);
      }
    }
  }
  const found = texts.filter((text) => text !== 'ok');
  return {
    damage: found.filter((text) => !BREACH.test(text)).slice(0, MOST),
    breaches: found.filter((text) => BREACH.test(text)).slice(0, MOST),
    unchecked,
  };
}

/** A function or collation that only another program has; damage has codes of its own. */
function isUnknown(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code === 'SQLITE_ERROR';
}

function tableNames(db: Database.Database): readonly string[] {
  return db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();
}
