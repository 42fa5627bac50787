import Database from 'better-sqlite3';
import { EXCHANGE_KEYS, type ExchangeRow, shownValue, valueIn } from '../../model/exchange.ts';
import { createAuditTables } from '../audit-tables.ts';
import { connect } from '../connect.ts';
import { inspectEdgeTable } from '../edge-table.ts';
import { GraphWriter } from '../store/graph-writer.ts';
import { copySchema } from '../store/probe-copy.ts';
import { inspectTable } from '../table-shape.ts';
import { inspectNodeTable } from '../target-schema.ts';
import { ForeignRules } from './foreign-rules.ts';
import type { ImportOpening } from './import-opening.ts';
import { ImportPlanner } from './import-planner.ts';
import { faultOfRefusal } from './row-refusal.ts';

/** Says whether tables of others would take rows, by writing them into a copy of these tables. */
export interface Rehearsal {
  /** What the table of a row has against it, where that can be told beforehand. */
  refusal(row: ExchangeRow): string | undefined;
  close(): void;
}

/**
 * Prepares it in a nameless temporary database, to which what a row may clash with is brought first. Undefined where no rule
 * of others is to be broken. A trigger that looks rows up is left to the import itself.
 */
export function openRehearsal(db: Database.Database, opening: ImportOpening): Rehearsal | undefined {
  const rules = new ForeignRules(db);
  if (!rules.isAny) return undefined;
  const { path, actor, cleaner, clock } = opening;
  const copy = connect('');
  try {
    copy.exec('PRAGMA foreign_keys = OFF; PRAGMA journal_mode = MEMORY; PRAGMA cache_size = -16000');
    copySchema(db, copy);
    const nodes = inspectNodeTable(copy, path);
    if (nodes === undefined) throw new Error('the copy of a graph has no kg_nodes');
    copyVersion(db, copy);
    createAuditTables(copy, path);
    // Those that come after a write are none of a trial's.
    const writing = { path, nodes, edges: inspectEdgeTable(copy, path), clock, cleaner, hooks: [] };
    const graph = new GraphWriter(copy, writing);
    const planner = new ImportPlanner(copy, { path, nodes, graph, actor, hasNode: () => true });
    planner.seen.begin();
    graph.begin();
    const write = copy.transaction((row: ExchangeRow) => {
      planner.plan(row).apply?.();
      planner.forgetTouched();
      graph.forget();
    });
    return {
      refusal: (row) => {
        const { table } = row;
        if (!rules.has(table)) return undefined;
        // What else goes wrong than that the row is refused is told when it goes wrong with the graph itself.
        try {
          rules.bring(copy, row, shownValue(valueIn(row, EXCHANGE_KEYS[table])) ?? '');
        } catch (error) {
          if (error instanceof Database.SqliteError) return undefined;
          throw error;
        }
        try {
          write(row);
          return undefined;
        } catch (error) {
          const fault = faultOfRefusal(table, error);
          if (fault === undefined && !(error instanceof Database.SqliteError)) throw error;
          return fault;
        }
      },
      close: () => {
        planner.seen.close();
        copy.close();
      },
    };
  } catch (error) {
    copy.close();
    throw error;
  }
}

/** Our tables have been copied empty, where there were any; without their version nobody would know them. */
function copyVersion(db: Database.Database, copy: Database.Database): void {
  if (inspectTable(copy, 'audit_meta') === undefined) return;
  const insert = copy.prepare<[string, string]>('INSERT INTO audit_meta(name, value) VALUES (?, ?)');
  const rows = db.prepare<[], { readonly name: string; readonly value: string }>('SELECT name, value FROM audit_meta');
  for (const { name, value } of rows.all()) insert.run(name, value);
}
