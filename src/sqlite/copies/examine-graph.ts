import type { Database } from 'better-sqlite3';
import { fingerprintOf } from '../../model/chunk.ts';
import { AuditError } from '../../model/errors.ts';
import type { GraphContents } from '../../model/graph-copy.ts';
import { headOf } from '../../model/seal.ts';
import { hasAuditTables, requireOwnVersion } from '../audit-tables.ts';
import { checkIntegrity, type Integrity } from '../integrity.ts';
import { openWithoutTrace } from '../read-only.ts';
import { prepareChunkStatements } from '../target/chunk-statements.ts';
import { prepareSealStatements } from '../target/seal-statements.ts';
import { inspectNodeTable } from '../target-schema.ts';
import { type Place, translating } from '../translate-error.ts';
import { countTables, rowsOf } from './count-tables.ts';

const UNCHECKED: Integrity = { damage: [], breaches: [], unchecked: [] };

/**
 * Looks a graph over from end to end, and throws where SQLite finds it damaged or this program cannot work on it. That all
 * of its pages are in order need not be checked. What goes wrong is told of `place`, which may have another name by then.
 */
export function examineGraph(file: string, place: Place, isChecked = true): GraphContents {
  return translating(place, () => {
    const { db, close } = openWithoutTrace(file);
    try {
      const integrity = isChecked ? checkIntegrity(db, 'whole') : UNCHECKED;
      requireUndamaged(integrity, place);
      requireGraph(db, place);
      return { ...contentsOf(db), warnings: warningsOf(integrity) };
    } finally {
      close();
    }
  });
}

function contentsOf(db: Database): Omit<GraphContents, 'warnings'> {
  const tables = countTables(db);
  const counts = { nodes: rowsOf(tables, 'kg_nodes') ?? 0, edges: rowsOf(tables, 'kg_edges') ?? 0, tables };
  if (!hasAuditTables(db)) return { ...counts, fingerprint: null, seal: null };
  const { digests, entries } = prepareChunkStatements(db).all();
  const head = prepareSealStatements(db).head();
  return { ...counts, fingerprint: fingerprintOf(entries, digests), seal: head === undefined ? null : headOf(head) };
}

function requireUndamaged({ damage }: Integrity, { role, path }: Place): void {
  const [first] = damage;
  if (first === undefined) return;
  const code = role === 'backup' ? 'backup-corrupt' : 'target-corrupt';
  const hint = role === 'backup' ? 'name another backup' : 'keep a copy of all its files, and restore a backup';
  throw new AuditError(code, `${role} ${path} is damaged: ${first}`, hint);
}

function requireGraph(db: Database, { role, path }: Place): void {
  try {
    if (inspectNodeTable(db, path) === undefined) {
      throw new AuditError('target-schema', `target ${path} has no kg_nodes`, 'name a file that holds a graph');
    }
    requireOwnVersion(db, path);
  } catch (error) {
    if (role !== 'backup' || !(error instanceof AuditError)) throw error;
    // The rules are those of any graph; here it is a backup that is held against them.
    const message = error.message.replace(`target ${path}`, `backup ${path}`);
    throw new AuditError('backup-schema', message, 'name another backup', error);
  }
}

function warningsOf({ breaches, unchecked }: Integrity): readonly string[] {
  return [
    ...breaches.map((breach) => `some rows break a rule of their table, as they did before: ${breach}`),
    ...unchecked.map((table) => `${table} was copied, and could not be checked: it needs functions of other programs`),
  ];
}
