import type { Database } from 'better-sqlite3';
import { type ExchangeTable, type ExportQuestion, RECORD_COLUMNS, type RecordTable } from '../../model/exchange.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import { type GraphColumn, graphColumns } from '../graph-columns.ts';
import { quoteName } from '../quote.ts';
import { deletionTime, softDeleted } from '../soft-deleted.ts';
import { inspectTable } from '../table-shape.ts';

/** What is read of a table: each column as SQL, the one that orders rows, and which rows. Names are those of alias `t`. */
export interface TableSelection {
  readonly table: ExchangeTable;
  readonly columns: readonly string[];
  readonly values: readonly string[];
  readonly key: string;
  readonly condition: string;
}

/** What is read of `kg_nodes`. When a node was deleted stands in a column, be it in another table. */
export function selectNodes(db: Database, { includeDeleted }: ExportQuestion): TableSelection {
  const columns = [...graphColumns(db, 'kg_nodes')];
  if (!columns.some(({ name }) => name === 'deleted_at')) {
    columns.push({ name: 'deleted_at', quoted: '' });
  }
  return {
    table: 'kg_nodes',
    columns: columns.map(({ name }) => name),
    values: columns.map(({ quoted }) => (quoted === '' ? deletionTime(db, 't') : `t.${quoted}`)),
    key: keyOf(columns),
    condition: includeDeleted ? 'TRUE' : `NOT (${softDeleted(db, 't')})`,
  };
}

/** What is read of `kg_edges`. */
export function selectEdges(db: Database, { includeDeleted, edges }: ExportQuestion): TableSelection {
  const columns = graphColumns(db, 'kg_edges');
  const end = (name: string) => `t.${columns.find((column) => column.name === name)?.quoted ?? quoteName(name)}`;
  const id = quoteName(inspectTable(db, 'kg_nodes')?.column('id')?.name ?? 'id');
  const isDeleted = softDeleted(db, 'n');
  const holds = (column: string): string => {
    const node = `SELECT 1 FROM kg_nodes AS n WHERE n.${id} = ${column}`;
    if (edges === 'joined') return `EXISTS (${node}${includeDeleted ? '' : ` AND NOT (${isDeleted})`})`;
    return includeDeleted ? 'TRUE' : `NOT EXISTS (${node} AND ${isDeleted})`;
  };
  return {
    table: 'kg_edges',
    columns: columns.map(({ name }) => name),
    values: columns.map(({ quoted }) => `t.${quoted}`),
    key: keyOf(columns),
    condition: `${holds(end('from_node'))} AND ${holds(end('to_node'))}`,
  };
}

/** What is read of a table of ours; a record goes with its node. */
export function selectRecords(db: Database, table: RecordTable, { includeDeleted }: ExportQuestion): TableSelection {
  const columns: readonly string[] = RECORD_COLUMNS[table];
  const isEntries = table === 'audit_entries';
  return {
    table,
    columns,
    values: columns.map((name) => `t.${quoteName(name)}`),
    key: `t.${quoteName(columns[0] ?? '')}`,
    condition: isEntries && !includeDeleted ? `NOT (${isLeftOut(db)})` : 'TRUE',
  };
}

/** Whether any record is left out with its node: then nothing that counts rows is true of the rest. */
export function hasDeletedRecords(db: Database): boolean {
  return db.prepare(`SELECT 1 FROM audit_entries AS t WHERE ${isLeftOut(db)} LIMIT 1`).get() !== undefined;
}

/** Others may have marked the node of an entry; of a shortened id the entry itself knows it. */
function isLeftOut(db: Database): string {
  const id = quoteName(inspectTable(db, 'kg_nodes')?.column('id')?.name ?? 'id');
  return `t.hidden = 1 OR EXISTS (
    SELECT 1 FROM kg_nodes AS n WHERE n.${id} = '${AUDIT_EVENT}:' || t.key AND ${softDeleted(db, 'n')})`;
}

function keyOf(columns: readonly GraphColumn[]): string {
  return `t.${columns.find(({ name }) => name === 'id')?.quoted ?? 'id'}`;
}
