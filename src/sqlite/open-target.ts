import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { AuditError } from '../model/errors.ts';
import type { Target } from '../model/target.ts';
import { connect } from './connect.ts';
import { createGraphTables } from './graph-tables.ts';
import { requireReferences } from './node-references.ts';
import { copySchema, probeCopy } from './probe-copy.ts';
import { type NodeOrigin, probesOf, probeTarget } from './probe-target.ts';
import { openWithoutTrace } from './read-only.ts';
import { SqliteTarget } from './target.ts';
import { inspectNodeTable, type NodeTable } from './target-schema.ts';
import { type Place, probing, translating } from './translate-error.ts';

/** Opens org.db to be written, makes what is missing, and makes sure that it takes nodes of these origins. */
export function openTarget(path: string, origins: readonly NodeOrigin[], now: string): Target {
  const place: Place = { role: 'target', path };
  return translating(place, () => {
    if (!existsSync(path)) makeFile(path);
    const db = connect(path, { fileMustExist: true });
    try {
      const table = inspectNodeTable(db, path) ?? createNodeTable(db, path);
      probing(path, () => {
        requireReferences(db, path, table, origins.flatMap(probesOf));
        probeTarget(db, path, table, origins);
      });
      return new SqliteTarget(path, db, table, now, () => db.close());
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

/** Opens org.db only to compare with it; where there is none yet, an empty graph in memory stands in for it. */
export function openTargetForDryRun(path: string, origins: readonly NodeOrigin[]): Target {
  const place: Place = { role: 'target', path };
  return translating(place, () => {
    const { db, close } = isAbsent(path) ? openStandIn() : openWithoutTrace(path);
    try {
      const table = inspectNodeTable(db, path);
      if (table !== undefined) {
        probing(path, () => probeCopy(db, path, origins));
        return new SqliteTarget(path, db, table, undefined, close);
      }
      const standIn = openStandIn();
      copySchema(db, standIn.db);
      const made = createNodeTable(standIn.db, path);
      close();
      return new SqliteTarget(path, standIn.db, made, undefined, standIn.close);
    } catch (error) {
      close();
      throw error;
    }
  });
}

function isAbsent(path: string): boolean {
  return !existsSync(path) || statSync(path).size === 0;
}

/** Makes an empty file that its owner alone may read; SQLite would make it as the umask has it. */
function makeFile(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    const why = error instanceof Error ? error.message.split(',')[0] : String(error);
    throw new AuditError(
      'target-refuses-writes',
      `target ${path} cannot be made: ${why}`,
      'make its folder writable',
      error,
    );
  }
}

function openStandIn() {
  const db = connect(':memory:');
  return { db, close: () => void db.close() };
}

function createNodeTable(db: Database, path: string): NodeTable {
  probing(path, () => createGraphTables(db));
  const table = inspectNodeTable(db, path);
  if (table === undefined) throw new Error('kg_nodes is not there after it was made');
  return table;
}
