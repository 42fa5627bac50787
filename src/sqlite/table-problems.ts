import type { Database } from 'better-sqlite3';
import { AuditError } from '../model/errors.ts';
import type { GraphHealth } from '../model/health.ts';
import { inspectEdgeTable } from './edge-table.ts';
import { inspectNodeTable } from './target-schema.ts';

/** Why nodes or edges cannot stand in their tables; empty where they can, or have none yet. */
export function problemsOf(db: Database, path: string): GraphHealth['problems'] {
  return [() => inspectNodeTable(db, path), () => inspectEdgeTable(db, path)].flatMap(problemOf);
}

function problemOf(look: () => unknown): GraphHealth['problems'] {
  try {
    look();
    return [];
  } catch (error) {
    if (error instanceof AuditError) return [{ what: error.message, todo: error.hint }];
    throw error;
  }
}
