import { closeSync, openSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { AuditError } from '../../model/errors.ts';
import { hasAuditTables } from '../audit-tables.ts';
import { inspectNodeTable, type NodeTable } from '../target-schema.ts';
import { probing } from '../translate-error.ts';
import { createGraphTables } from './graph-tables.ts';

/** Makes an empty file that its owner alone may read; SQLite would make it as the umask has it. */
export function makeGraphFile(path: string): void {
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

/**
 * Makes the tables of a graph in a file in which no `kg_nodes` was seen, or gives the one that somebody else has made since.
 * Throws where the file has had one.
 */
export function createNodeTable(db: Database, path: string): NodeTable {
  if (hasAuditTables(db)) return inspectNodeTable(db, path) ?? throwLost(path);
  probing(path, () => createGraphTables(db));
  const table = inspectNodeTable(db, path);
  if (table === undefined) throw new Error('kg_nodes is not there after it was made');
  return table;
}

/** Our tables are made after kg_nodes, so it was there; a new one would lack all that a run does not read again. */
function throwLost(path: string): never {
  const hint = 'restore it from a backup, or drop our audit_ tables too, to derive everything anew';
  throw new AuditError('target-schema', `target ${path} has lost kg_nodes, and still has our audit_ tables`, hint);
}
