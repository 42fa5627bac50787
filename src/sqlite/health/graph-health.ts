import type { Database } from 'better-sqlite3';
import type { GraphHealth, MissingIndex } from '../../model/health.ts';
import { createAuditTables, hasAuditTables, recordOf } from '../audit-tables.ts';
import { connect } from '../connect.ts';
import { openToRead } from '../open-to-read.ts';
import { problemsOf } from '../table-problems.ts';
import { inspectTable } from '../table-shape.ts';

/** What questions look rows of a graph up by. */
const LOOKED_UP_BY: readonly MissingIndex[] = [
  { table: 'kg_nodes', column: 'node_type' },
  { table: 'kg_edges', column: 'from_node' },
  { table: 'kg_edges', column: 'to_node' },
];

/** Looks at the tables of a graph; the file is left as it is. */
export function readGraphHealth(path: string): GraphHealth {
  return openToRead(path, (db, _, close) => {
    const health: GraphHealth = {
      problems: problemsOf(db, path),
      hasNodes: inspectTable(db, 'kg_nodes') !== undefined,
      hasEdges: inspectTable(db, 'kg_edges') !== undefined,
      record: recordOf(db),
      missingIndexes: [...LOOKED_UP_BY.filter((lookup) => lacksIndex(db, lookup)), ...lackedByRecord(db)],
    };
    close();
    return health;
  });
}

/** A table or column that is not there lacks no index. */
function lacksIndex(db: Database, { table, column }: MissingIndex): boolean {
  const shape = inspectTable(db, table);
  if (shape?.column(column) === undefined || shape.isView) return false;
  const leading = db.prepare<[string, string], 1>(
    `SELECT 1 FROM pragma_index_list(?) AS list JOIN pragma_index_info(list.name) AS part
     WHERE NOT list.partial AND part.seqno = 0 AND part.name = ? COLLATE NOCASE`,
  );
  return leading.pluck().get(shape.name, column) === undefined;
}

/** Our own tables are held against those that are made anew. */
function lackedByRecord(db: Database): readonly MissingIndex[] {
  if (!hasAuditTables(db)) return [];
  const sql =
    "SELECT name, tbl_name AS tableName FROM sqlite_schema WHERE type = 'index' AND name LIKE 'audit\\_%' ESCAPE '\\'";
  const indexesOf = (file: Database) => file.prepare<[], { name: string; tableName: string }>(sql).all();
  const anew = connect(':memory:');
  try {
    createAuditTables(anew, ':memory:');
    const there = new Set(indexesOf(db).map(({ name }) => name));
    const missing = indexesOf(anew).filter(({ name }) => !there.has(name));
    return missing.map(({ name, tableName }) => ({ table: tableName, column: name }));
  } finally {
    anew.close();
  }
}
