import type { Database } from 'better-sqlite3';
import type { StoredEntity } from '../../model/entity.ts';
import { quoteName } from '../quote.ts';
import { NODE_COLUMNS, type NodeColumn, type NodeTable } from '../target-schema.ts';

/** Makes entities, within a transaction of its caller. */
export interface EntityWriter {
  /** False, and nothing done, where there is a node of this id already, whoever made it. */
  insert(entity: StoredEntity, now: string): boolean;
}

/** Prepares it for the columns that a `kg_nodes` has. */
export function prepareEntityWriter(db: Database, table: NodeTable): EntityWriter {
  const columns = NODE_COLUMNS.filter((column) => table.columns.has(column));
  const quoted = columns.map((column) => quoteName(table.columns.get(column) ?? column));
  const id = quoteName(table.columns.get('id') ?? 'id');
  const insert = db.prepare<(string | null)[]>(
    `INSERT INTO kg_nodes(${quoted.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
     ON CONFLICT(${id}) DO NOTHING`,
  );
  return {
    insert: (entity, now) => insert.run(...columns.map((column) => columnValue(entity, column, now))).changes > 0,
  };
}

function columnValue(entity: StoredEntity, column: NodeColumn, now: string): string | null {
  switch (column) {
    case 'id':
      return entity.id;
    case 'node_type':
      return entity.nodeType;
    case 'name':
      return entity.name;
    case 'properties':
      return entity.properties;
    case 'created_at':
    case 'updated_at':
      return now;
    case 'subtype':
    case 'source_table':
    case 'source_id':
      return null;
  }
}
