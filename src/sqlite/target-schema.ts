import type { Database } from 'better-sqlite3';
import { AuditError } from '../model/errors.ts';
import { type ContentColumn, isContentColumn, NODE_FIELDS } from '../model/node.ts';
import { inspectTable, type TableShape } from './table-shape.ts';

/** A column of `kg_nodes` that we write. */
export type NodeColumn = ContentColumn | 'created_at' | 'updated_at';

/** All of them. */
export const NODE_COLUMNS: readonly NodeColumn[] = [
  ...Object.keys(NODE_FIELDS).filter(isContentColumn),
  'created_at',
  'updated_at',
];

/** Those of our columns that a `kg_nodes` has, by their names in it. The essential ones are always there. */
export interface NodeTable {
  readonly columns: ReadonlyMap<NodeColumn, string>;
  /** False where the column turns texts such as `007` into numbers, so that it cannot be compared with what we wrote. */
  readonly keepsText: (column: NodeColumn) => boolean;
}

const ESSENTIAL: readonly NodeColumn[] = ['id', 'node_type', 'name', 'properties'];

/** Reads how `kg_nodes` stands; undefined when there is none, an error when nodes cannot stand in it. */
export function inspectNodeTable(db: Database, path: string): NodeTable | undefined {
  const shape = inspectTable(db, 'kg_nodes');
  if (shape === undefined) return undefined;
  const columns = new Map<NodeColumn, string>();
  for (const name of NODE_COLUMNS) {
    const column = shape.column(name);
    if (column?.writable) columns.set(name, column.name);
  }
  const missing = ESSENTIAL.filter((name) => !columns.has(name));
  if (missing.length > 0) {
    throw refuse(path, `has no column ${missing.join(', ')}`, 'add what is missing, or name another target');
  }
  requireUniqueId(db, path, shape);
  return { columns, keepsText: (name) => isTextual(shape.column(name)?.declaredType ?? '') };
}

function refuse(path: string, what: string, hint: string): AuditError {
  return new AuditError('target-schema', `kg_nodes of target ${path} ${what}`, hint);
}

/** Throws where a table cannot hold texts as ids, each once. */
export function requireUniqueId(db: Database, path: string, shape: TableShape): void {
  const refuseIds = (what: string, hint: string) =>
    new AuditError('target-schema', `${shape.name} of target ${path} ${what}`, `${hint}, or name another target`);
  if (shape.isView) throw refuseIds('is a view, in which nothing can stand', 'put a table in its place');
  if (shape.idIsRowid) throw refuseIds('takes numbers alone as ids', 'make id a TEXT');
  if (!hasUniqueId(db, shape)) throw refuseIds('does not keep id unique', 'make id the primary key or unique');
}

function hasUniqueId(db: Database, shape: TableShape): boolean {
  const unique = db.prepare<[string], { columns: string }>(
    `SELECT lower(group_concat(c.name)) AS columns FROM pragma_index_list(?) AS i, pragma_index_info(i.name) AS c
     WHERE i."unique" = 1 AND i.partial = 0 GROUP BY i.name`,
  );
  return unique.all(shape.name).some(({ columns }) => columns === 'id');
}

/** SQLite's affinity rules: a type with INT, REAL, FLOA or DOUB, or of no known kind, makes numbers of numeric texts. */
function isTextual(declaredType: string): boolean {
  const type = declaredType.toUpperCase();
  return !type.includes('INT') && (type === '' || /CHAR|CLOB|TEXT|BLOB/.test(type) || type === 'ANY');
}
