import Database from 'better-sqlite3';
import { exportGraph } from '../../src/jobs/export-graph.ts';
import { type ImportJob, importGraph } from '../../src/jobs/import-graph.ts';
import { replaceFileBy } from '../../src/jobs/replace-file.ts';
import type { ImportReport } from '../../src/model/import.ts';
import type { ExportFormat } from '../../src/render/export-formats.ts';
import { exportParts } from '../../src/render/export-parts.ts';

/** Exports a graph to a file, deleted nodes and all, in this process. */
export function exportTo(file: string, target: string, format: ExportFormat, includeDeleted = true): Promise<void> {
  const edges = format === 'csv' || format === 'ndjson' ? 'all' : 'joined';
  const { signal } = new AbortController();
  return exportGraph({ target, includeDeleted, edges, signal }, (graph) =>
    replaceFileBy(file, exportParts(graph, format)),
  );
}

/** Imports a file in this process. */
export function importFrom(file: string, target: string, options: Partial<ImportJob> = {}): Promise<ImportReport> {
  const { signal } = new AbortController();
  return importGraph({ file, target, dryRun: false, skipBad: false, clock: Date.now, signal, ...options });
}

/** What is true of one file alone is not exchanged. */
const LOCAL: Readonly<Record<string, readonly string[]>> = {
  audit_entries: ['id', 'run', 'changed', 'linked'],
};

const EXCHANGED = ['kg_nodes', 'kg_edges', 'audit_entries', 'audit_checkpoints', 'audit_owed', 'audit_replaced'];
/** These come of them. */
const DERIVED = ['audit_days', 'audit_labels', 'audit_sessions', 'audit_chunks'];

/** Every value of a graph that is exchanged, or comes of one that is, with its type and its bytes. */
export function exchangedRows(path: string): Readonly<Record<string, readonly unknown[]>> {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const rowsOf = (table: string) => {
      const names = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
      const columns = names.filter((name) => !LOCAL[table]?.includes(name)).map((name) => `"${name}"`);
      const values = columns.map((column) => `typeof(${column}) || ' ' || hex(CAST(${column} AS BLOB))`);
      return columns.length === 0
        ? []
        : db
            .prepare(`SELECT ${values.join(', ')} FROM ${table} ORDER BY 1`)
            .raw()
            .all()
            .map(String)
            .toSorted();
    };
    return Object.fromEntries([...EXCHANGED, ...DERIVED].map((table) => [table, rowsOf(table)]));
  } finally {
    db.close();
  }
}
