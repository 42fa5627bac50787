import type { Database } from 'better-sqlite3';
import { AuditError } from '../../model/errors.ts';
import type { ExchangeTable, ExportedGraph, ExportQuestion, RecordTable } from '../../model/exchange.ts';
import { hasKnownTables } from '../audit-tables.ts';
import { inspectEdgeTable } from '../edge-table.ts';
import { openToRead } from '../open-to-read.ts';
import { inspectTable } from '../table-shape.ts';
import { inspectNodeTable, requireUniqueId } from '../target-schema.ts';
import { ConsistentReads } from './consistent-reads.ts';
import { RowPages } from './row-pages.ts';
import { hasDeletedRecords, selectEdges, selectNodes, selectRecords, type TableSelection } from './table-selection.ts';

/** Opens a graph to read all of it as it is at one moment; the file is left as it is. */
export function openExportedGraph(path: string, question: ExportQuestion): ExportedGraph {
  return openToRead(path, (db, place, close) => {
    const reads = new ConsistentReads(db, place);
    const { selections, warnings } = reads.read(() => ({
      selections: selectionsOf(db, path, question),
      warnings: warningsOf(db),
    }));
    const pages = new Map(selections.map((selection) => [selection.table, new RowPages(db, selection, reads)]));
    return {
      tables: selections.map(({ table, columns }) => ({ table, columns })),
      warnings,
      rows: (table) => pages.get(table)?.rows() ?? [],
      close: () => {
        reads.end();
        close();
      },
    };
  });
}

function selectionsOf(db: Database, path: string, question: ExportQuestion): readonly TableSelection[] {
  if (inspectNodeTable(db, path) === undefined) {
    throw new AuditError('target-schema', `target ${path} has no kg_nodes`, 'a run makes it; or name another target');
  }
  return [
    selectNodes(db, question),
    ...(hasEdges(db, path) ? [selectEdges(db, question)] : []),
    ...recordTables(db, path, question).map((table) => selectRecords(db, table, question)),
  ];
}

/** Rows that nothing tells apart cannot be put together again. */
function hasEdges(db: Database, path: string): boolean {
  if (inspectEdgeTable(db, path) === undefined) return false;
  const shape = inspectTable(db, 'kg_edges');
  if (shape !== undefined) requireUniqueId(db, path, shape);
  return true;
}

/** A checkpoint is true of all records of its extractor, and so of no fewer. */
function recordTables(db: Database, path: string, { includeDeleted }: ExportQuestion): readonly RecordTable[] {
  if (inspectTable(db, 'audit_entries') === undefined) return [];
  if (!hasKnownTables(db)) {
    const message = `the audit_ tables of target ${path} are not those that this program knows`;
    throw new AuditError('target-schema', message, 'use the program that wrote them');
  }
  const isWhole = includeDeleted || !hasDeletedRecords(db);
  return isWhole
    ? ['audit_entries', 'audit_checkpoints', 'audit_owed', 'audit_replaced']
    : ['audit_entries', 'audit_replaced'];
}

function warningsOf(db: Database): readonly string[] {
  return (['kg_nodes', 'kg_edges'] as const satisfies readonly ExchangeTable[]).flatMap((table) => {
    if (inspectTable(db, table)?.column('id') === undefined) return [];
    const count = db.prepare<[], number>(`SELECT count(*) FROM ${table} WHERE id IS NULL`).pluck().get() ?? 0;
    return count === 0 ? [] : [`rows of ${table} without an id were left out: ${count}`];
  });
}
