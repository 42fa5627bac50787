import type { Database } from 'better-sqlite3';
import { nodeId } from '../../model/key.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import type { TableShape } from '../table-shape.ts';
import { columnOf } from './scanned-nodes.ts';

/** A key of so many bytes may have an id that is shortened. */
const LONG_KEY = 400;

/** Prepares counting the nodes that are recorded and in no count, as they are deleted. What hooks keep out has none. */
export function prepareHiddenNodes(db: Database, table: TableShape): () => number {
  const id = columnOf(table, 'id');
  const isLong = `length(CAST(key AS BLOB)) > ${LONG_KEY}`;
  const short = db.prepare<[], number>(
    `SELECT count(*) FROM audit_entries WHERE hidden = 1 AND NOT (${isLong})
     AND EXISTS (SELECT 1 FROM kg_nodes WHERE ${id} = '${AUDIT_EVENT}:' || audit_entries.key)`,
  );
  const long = db.prepare<[], string>(`SELECT key FROM audit_entries WHERE hidden = 1 AND ${isLong}`);
  const has = db.prepare<[string], 1>(`SELECT 1 FROM kg_nodes WHERE ${id} = ?`).pluck();
  return () =>
    (short.pluck().get() ?? 0) +
    long
      .pluck()
      .all()
      .filter((key) => has.get(nodeId(AUDIT_EVENT, key)) !== undefined).length;
}
