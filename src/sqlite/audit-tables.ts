import type { Database } from 'better-sqlite3';
import { AuditError } from '../model/errors.ts';
import type { GraphHealth } from '../model/health.ts';
import { inspectTable } from './table-shape.ts';

/** Raised when the tables below change, so that an older program does not misread a newer one's. */
const VERSION = '6';

/**
 * What we keep beside the graph: `audit_entries`, what each of our nodes is folded from, and what it says, as a leaf, with
 * what it is found by; `audit_words`, the words of entries; `audit_days`, `audit_labels` and `audit_sessions`, how many
 * events and rows there are of each; `audit_chunks`, the digests of neighbouring leaves; `audit_checkpoints`, how far each
 * extractor has come; `audit_seals`, the chain of what all this came to; `audit_replaced`, nodes whose ids are no longer
 * made; `audit_tombstones`, nodes that are deleted where `kg_nodes` has no column that says so; `audit_owed`, events whose rows have to be asked for edges; `audit_changes`, who has changed which node or edge;
 * `audit_runs`, the runs that changed something; `audit_meta`, single values.
 */
const TABLES = [
  'audit_meta',
  'audit_runs',
  'audit_checkpoints',
  'audit_entries',
  'audit_words',
  'audit_days',
  'audit_labels',
  'audit_sessions',
  'audit_chunks',
  'audit_seals',
  'audit_replaced',
  'audit_owed',
  'audit_changes',
  'audit_tombstones',
] as const;

type Scope = '' | 'TEMP';

const schemaOf = (scope: Scope): string => (scope === 'TEMP' ? 'temp.' : '');

const SCHEMA = (scope: Scope) => `
  CREATE ${scope} TABLE IF NOT EXISTS audit_meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE ${scope} TABLE IF NOT EXISTS audit_runs(
    id INTEGER PRIMARY KEY, started_at TEXT NOT NULL, finished_at TEXT, outcome TEXT, report TEXT
  );
  CREATE ${scope} TABLE IF NOT EXISTS audit_checkpoints(
    extractor TEXT PRIMARY KEY, source_table TEXT NOT NULL, digest TEXT NOT NULL, rules TEXT NOT NULL, condition TEXT,
    folded_to INTEGER, unfinished TEXT, landmarks TEXT NOT NULL, first_row INTEGER, counts TEXT NOT NULL, earlier TEXT NOT NULL, content TEXT
  ) WITHOUT ROWID;
  CREATE ${scope} TABLE IF NOT EXISTS audit_entries(
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, drafts INTEGER NOT NULL, state TEXT, leaf TEXT NOT NULL,
    run INTEGER NOT NULL, changed INTEGER NOT NULL, first INTEGER, last INTEGER, session TEXT, user TEXT, what TEXT,
    how TEXT, days TEXT, linked INTEGER NOT NULL DEFAULT 0, hidden INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX IF NOT EXISTS ${schemaOf(scope)}audit_entries_by_time ON audit_entries(last, first);
  CREATE INDEX IF NOT EXISTS ${schemaOf(scope)}audit_entries_by_session ON audit_entries(session, last)
    WHERE session <> '';
  CREATE INDEX IF NOT EXISTS ${schemaOf(scope)}audit_entries_by_user ON audit_entries(user, last)
    WHERE user IS NOT NULL;
  CREATE INDEX IF NOT EXISTS ${schemaOf(scope)}audit_entries_hidden ON audit_entries(key) WHERE hidden = 1;
  CREATE VIRTUAL TABLE IF NOT EXISTS ${schemaOf(scope)}audit_words USING fts5(
    words, content = '', detail = none
  );
  -- Small parts of the index are merged late: a first run makes many of them.
  INSERT INTO ${schemaOf(scope)}audit_words(audit_words, rank) VALUES ('automerge', 16);
  CREATE ${scope} TABLE IF NOT EXISTS audit_days(
    day TEXT NOT NULL, subtype TEXT NOT NULL, events INTEGER NOT NULL, row_count INTEGER NOT NULL,
    PRIMARY KEY(day, subtype)
  ) WITHOUT ROWID;
  CREATE ${scope} TABLE IF NOT EXISTS audit_labels(
    subtype TEXT NOT NULL, what TEXT NOT NULL, how TEXT NOT NULL, events INTEGER NOT NULL, row_count INTEGER NOT NULL,
    PRIMARY KEY(subtype, what, how)
  ) WITHOUT ROWID;
  CREATE ${scope} TABLE IF NOT EXISTS audit_sessions(
    session TEXT NOT NULL, subtype TEXT NOT NULL, events INTEGER NOT NULL, row_count INTEGER NOT NULL,
    PRIMARY KEY(session, subtype)
  ) WITHOUT ROWID;
  CREATE ${scope} TABLE IF NOT EXISTS audit_chunks(
    first TEXT PRIMARY KEY, digest TEXT NOT NULL, entries INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE ${scope} TABLE IF NOT EXISTS audit_seals(
    number INTEGER PRIMARY KEY, previous TEXT NOT NULL, content TEXT NOT NULL, seal TEXT NOT NULL
  );
  CREATE ${scope} TABLE IF NOT EXISTS audit_owed(key TEXT PRIMARY KEY, after INTEGER) WITHOUT ROWID;
  CREATE ${scope} TABLE IF NOT EXISTS audit_tombstones(id TEXT PRIMARY KEY, deleted_at TEXT NOT NULL) WITHOUT ROWID;
  CREATE ${scope} TABLE IF NOT EXISTS audit_replaced(key TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE ${scope} TABLE IF NOT EXISTS audit_changes(
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, run INTEGER, component TEXT NOT NULL, operation TEXT NOT NULL,
    actor TEXT NOT NULL, record_id TEXT NOT NULL, last_id TEXT, records BLOB, amount INTEGER NOT NULL, before TEXT, after TEXT
  );
  CREATE INDEX IF NOT EXISTS ${schemaOf(scope)}audit_changes_by_record ON audit_changes(record_id) WHERE records IS NULL;
  CREATE INDEX IF NOT EXISTS ${schemaOf(scope)}audit_changes_of_many ON audit_changes(id, record_id, last_id)
    WHERE records IS NOT NULL;
  INSERT OR IGNORE INTO audit_meta(name, value) VALUES ('version', '${VERSION}');`;

/** Makes our tables where they are missing. Throws when they are those of a newer program. */
export function createAuditTables(db: Database, path: string): void {
  // Nothing is made in a file of another version.
  if (inspectTable(db, 'audit_meta') !== undefined) requireVersion(db, path);
  if (!hasAuditTables(db)) db.transaction(() => db.exec(SCHEMA(''))).immediate();
  requireVersion(db, path);
}

/** For a target that must not be written: empty tables of this connection alone stand in where there are none. */
export function borrowAuditTables(db: Database, path: string): void {
  if (!hasAuditTables(db)) db.exec(SCHEMA('TEMP'));
  requireVersion(db, path);
}

/** Whether a graph has them; one that we never wrote to has none. */
export function hasAuditTables(db: Database): boolean {
  const names = TABLES.map((name) => `'${name}'`).join(', ');
  const count = db.prepare<[], number>(
    `SELECT count(*) FROM main.sqlite_schema WHERE type = 'table' AND name IN (${names})`,
  );
  return count.pluck().get() === TABLES.length;
}

/** Throws where our tables are of another version than this program knows. */
export function requireVersion(db: Database, path: string): void {
  const version = readVersion(db);
  if (version === VERSION) return;
  throw new AuditError(
    'target-schema',
    `the audit_ tables of target ${path} are of version ${version}, which this program does not know`,
    'use the program that wrote them, or a newer one',
  );
}

/** The same for a file that may have but some of our tables, or none. */
export function requireOwnVersion(db: Database, path: string): void {
  const has = db
    .prepare<[], 1>("SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = 'audit_meta'")
    .pluck();
  if (has.get() !== undefined) requireVersion(db, path);
}

/** Whether a graph has our tables as this program knows them. */
export function hasKnownTables(db: Database): boolean {
  return hasAuditTables(db) && readVersion(db) === VERSION;
}

/** Our record in a graph: none yet, as this program knows it, or of another version. */
export function recordOf(db: Database): GraphHealth['record'] {
  if (hasKnownTables(db)) return 'known';
  const some = db.prepare<[], 1>("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'audit_meta'").pluck();
  return some.get() === undefined ? 'none' : 'unknown';
}

function readVersion(db: Database): string | undefined {
  return db.prepare<[], string>("SELECT value FROM audit_meta WHERE name = 'version'").pluck().get();
}
