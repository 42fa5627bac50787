import type { Database } from 'better-sqlite3';
import {
  EXCHANGE_KEYS,
  EXCHANGE_TABLES,
  type ExchangeRow,
  type ExchangeTable,
  isRecordTable,
  RECORD_COLUMNS,
  type RecordTable,
  shownValue,
  valueIn,
} from '../../model/exchange.ts';
import { type EdgeTable, inspectEdgeTable } from '../edge-table.ts';
import { prepareEntryKey } from '../entry-key.ts';
import { graphColumns } from '../graph-columns.ts';
import { quoteName } from '../quote.ts';
import { prepareEntryStatements } from '../store/entry-statements.ts';
import type { GraphWriter } from '../store/graph-writer.ts';
import { prepareStoredEdges } from '../stored-edges.ts';
import { prepareStoredNodes } from '../stored-nodes.ts';
import type { LeafChange } from '../target/fingerprint.ts';
import type { NodeTable } from '../target-schema.ts';
import { EdgePlanner } from './edge-planner.ts';
import { EntryPlanner } from './entry-planner.ts';
import { ExactRows } from './exact-rows.ts';
import { NodePlanner } from './node-planner.ts';
import type { PlannedRow, RowPlanner } from './planned-row.ts';
import { RecordPlanner } from './record-planner.ts';
import { SeenKeys } from './seen-keys.ts';

/** So many columns are named that a table has not; each row of a file may have others. */
const COLUMNS_NAMED = 100;

/** What rows are planned with. */
export interface PlannerShop {
  readonly path: string;
  readonly nodes: NodeTable;
  readonly graph: GraphWriter;
  /** Who imports. */
  readonly actor: string;
  /** Whether a node is there, or comes in before; the planner looks it up unless given. */
  readonly hasNode?: ((id: string) => boolean) | undefined;
  /** Tries a row that would change the graph; what its table has against it, if anything. */
  readonly rehearse?: ((row: ExchangeRow) => string | undefined) | undefined;
}

/** Plans the import of rows of any table, in their order. Each key comes once. */
export class ImportPlanner {
  readonly seen = new SeenKeys();
  readonly #planners: Readonly<Record<ExchangeTable, RowPlanner>>;
  readonly #exact: Readonly<Record<ExchangeTable, ExactRows>>;
  readonly #rehearse: PlannerShop['rehearse'];
  readonly #ignored = new Set<string>();
  #touched: LeafChange[] = [];
  #hasTouched = false;

  constructor(db: Database, { path, nodes, graph, actor, rehearse, hasNode: given }: PlannerShop) {
    this.#rehearse = rehearse;
    const exact = exactRows(db, nodes, inspectEdgeTable(db, path));
    const stored = prepareStoredNodes(db, nodes);
    const entries = prepareEntryStatements(db);
    const edges = inspectEdgeTable(db, path);
    const id = quoteName(nodes.columns.get('id') ?? 'id');
    const isThere = db.prepare<[string], 1>(`SELECT 1 FROM kg_nodes WHERE ${id} = ?`).pluck();
    const hasNode = given ?? ((key: string) => this.seen.has('kg_nodes', key) || isThere.get(key) !== undefined);
    const touch = (change?: LeafChange) => {
      if (change !== undefined) this.#touched.push(change);
      this.#hasTouched = true;
    };
    const recordPlanner = (table: RecordTable) => {
      const key = EXCHANGE_KEYS[table];
      const find = db.prepare<[string], 1>(`SELECT 1 FROM ${table} WHERE ${key} = ?`).pluck();
      const hasRow = (value: string) => find.get(value) !== undefined;
      return new RecordPlanner({ exact: exact[table], key, hasRow, touch });
    };
    this.#exact = exact;
    this.#planners = {
      kg_nodes: new NodePlanner({
        ...{ exact: exact.kg_nodes, stored, graph, entries, actor },
        keyOf: prepareEntryKey(db),
      }),
      kg_edges: new EdgePlanner({
        ...{ exact: exact.kg_edges, graph, hasNode, actor },
        stored: edges && prepareStoredEdges(db, edges),
      }),
      audit_entries: new EntryPlanner({ exact: exact.audit_entries, entries, stored, graph, touch }),
      audit_checkpoints: recordPlanner('audit_checkpoints'),
      audit_owed: recordPlanner('audit_owed'),
      audit_replaced: recordPlanner('audit_replaced'),
    };
  }

  /** Columns that rows had, and their table has not: the first hundred of them. */
  get ignoredColumns(): readonly string[] {
    return [...this.#ignored];
  }

  plan(row: ExchangeRow): PlannedRow {
    const { table, columns } = row;
    const key = shownValue(valueIn(row, EXCHANGE_KEYS[table])) ?? '';
    if (this.seen.has(table, key)) return { fault: 'a row before it has the same key' };
    const planned = this.#planners[table].plan(row);
    if (planned.fault !== undefined) return planned;
    const refusal = planned.outcome === 'unchanged' ? undefined : this.#rehearse?.(row);
    if (refusal !== undefined) return { fault: refusal };
    this.seen.add(table, key);
    if (this.#ignored.size < COLUMNS_NAMED) this.#noteIgnored(table, columns);
    return planned;
  }

  #noteIgnored(table: ExchangeTable, columns: readonly string[]): void {
    for (const column of columns) {
      if (column !== 'deleted_at' && !this.#exact[table].has(column)) this.#ignored.add(`${table}.${column}`);
      if (this.#ignored.size === COLUMNS_NAMED) return;
    }
  }

  /** A transaction begins: what one before it has touched may have been undone. */
  forgetTouched(): void {
    this.#touched = [];
    this.#hasTouched = false;
  }

  /** The records that came in since; undefined where nothing did that a seal is about. */
  touched(): readonly LeafChange[] | undefined {
    return this.#hasTouched ? this.#touched : undefined;
  }
}

function exactRows(
  db: Database,
  nodes: NodeTable,
  edges: EdgeTable | undefined,
): Readonly<Record<ExchangeTable, ExactRows>> {
  const of = (table: ExchangeTable): ExactRows => {
    if (isRecordTable(table)) {
      const columns = RECORD_COLUMNS[table].map((name) => ({ name, quoted: quoteName(name) }));
      return new ExactRows(db, table, EXCHANGE_KEYS[table], columns);
    }
    const id = table === 'kg_nodes' ? quoteName(nodes.columns.get('id') ?? 'id') : (edges?.get('id') ?? 'id');
    return new ExactRows(db, table, id, graphColumns(db, table));
  };
  const [kg_nodes, kg_edges, audit_entries, audit_checkpoints, audit_owed, audit_replaced] = EXCHANGE_TABLES;
  return {
    kg_nodes: of(kg_nodes),
    kg_edges: of(kg_edges),
    audit_entries: of(audit_entries),
    audit_checkpoints: of(audit_checkpoints),
    audit_owed: of(audit_owed),
    audit_replaced: of(audit_replaced),
  };
}
