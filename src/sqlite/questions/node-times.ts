import type { Database } from 'better-sqlite3';
import type { NodeTimes } from '../../model/graph.ts';
import { quoteName } from '../quote.ts';
import { deletionTime } from '../soft-deleted.ts';
import { textOf } from '../stored-nodes.ts';
import { inspectTable } from '../table-shape.ts';

/** Prepares reading when nodes were written, changed and deleted, from the columns that a `kg_nodes` has. */
export function prepareNodeTimes(db: Database): (id: string) => NodeTimes | undefined {
  const shape = inspectTable(db, 'kg_nodes');
  const text = (name: string) => {
    const column = shape?.column(name);
    return column === undefined ? 'NULL' : `nullif(${textOf(quoteName(column.name))}, '')`;
  };
  const id = quoteName(shape?.column('id')?.name ?? 'id');
  const find = db.prepare<[string], NodeTimes>(
    `SELECT ${text('created_at')} AS createdAt, ${text('updated_at')} AS updatedAt, nullif(${textOf(deletionTime(db, 'kg_nodes'))}, '') AS deletedAt
     FROM kg_nodes WHERE ${id} = ?`,
  );
  return (key) => find.get(key);
}
