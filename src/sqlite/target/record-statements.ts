import type { Database } from 'better-sqlite3';
import { nodeId } from '../../model/key.ts';
import { AUDIT_EVENT, isContentColumn, NODE_FIELDS, type StoredNode } from '../../model/node.ts';
import type { RecordedNode } from '../../model/recorded-graph.ts';
import { quoteName } from '../quote.ts';
import { softDeleted } from '../soft-deleted.ts';
import { textOf } from '../stored-nodes.ts';
import { NODE_COLUMNS, type NodeTable } from '../target-schema.ts';

/** Reads what is recorded of nodes, each with the node as it stands. */
export interface RecordStatements {
  /** Records of keys from one on and before another one, in order, so many at the most. */
  range(from: string, before: string, limit: number): readonly RecordedNode[];
  find(key: string): RecordedNode | undefined;
}

type Row = StoredNode & {
  readonly key: string;
  readonly drafts: number;
  readonly leaf: string;
  readonly state: string | null;
  readonly isDeleted: 0 | 1;
};

/** Prepares them for the columns that a `kg_nodes` has. */
export function prepareRecordStatements(db: Database, table: NodeTable): RecordStatements {
  const id = quoteName(table.columns.get('id') ?? 'id');
  const content = NODE_COLUMNS.filter(isContentColumn).filter((column) => table.columns.has(column));
  const fields = content.map(
    (column) => `${textOf(`n.${quoteName(table.columns.get(column) ?? column)}`)} AS ${NODE_FIELDS[column]}`,
  );
  const isDeleted = softDeleted(db, 'n');
  const from = (
    nodeOf: string,
  ) => `SELECT e.key, e.drafts, e.leaf, e.state, ${isDeleted} AS isDeleted, ${fields.join(', ')}
    FROM audit_entries AS e LEFT JOIN kg_nodes AS n ON n.${id} = ${nodeOf}`;
  // The id of all but the longest keys; those are looked up one by one.
  const range = db.prepare<[string, string, number], Row>(
    `${from(`'${AUDIT_EVENT}:' || e.key`)} WHERE e.key >= ? AND e.key < ? ORDER BY e.key LIMIT ?`,
  );
  const one = db.prepare<[string, string], Row>(`${from('?')} WHERE e.key = ?`);
  const find = (key: string): RecordedNode | undefined => {
    const row = one.get(nodeId(AUDIT_EVENT, key), key);
    return row && toRecord(row);
  };
  return {
    range: (first, before, limit) =>
      range.all(first, before, limit).map((row) => {
        const isShortened = nodeId(AUDIT_EVENT, row.key) !== `${AUDIT_EVENT}:${row.key}`;
        return (isShortened && find(row.key)) || toRecord(row);
      }),
    find,
  };
}

function toRecord({ key, drafts, leaf, state, isDeleted, ...node }: Row): RecordedNode {
  const isThere = node.id !== null;
  return {
    key,
    drafts,
    leaf,
    state,
    id: nodeId(AUDIT_EVENT, key),
    node: isThere ? node : undefined,
    isDeleted: isDeleted === 1,
  };
}
