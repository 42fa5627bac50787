import { join } from 'node:path';
import Database from 'better-sqlite3';
import { bootstrap } from '../../src/jobs/bootstrap.ts';
import { tempFolder } from '../support/temp-folder.ts';
import type { GraphPlace } from './graph-place.ts';

/** Graphs in files. */
export const sqlitePlace: GraphPlace = {
  newTarget: async () => join(tempFolder(), 'org.db'),
  removeNode: async (target, id) => change(target, 'DELETE FROM kg_nodes WHERE id = ?', id),
  renameNode: async (target, id, name) => change(target, 'UPDATE kg_nodes SET name = ? WHERE id = ?', name, id),
  async makeOthers(target, nodes, edges) {
    await (await bootstrap(target)).close();
    for (const { id, type } of nodes) {
      const columns = 'id, node_type, name, properties, created_at, updated_at';
      change(target, `INSERT INTO kg_nodes(${columns}) VALUES (?, ?, ?, '{}', 'then', 'then')`, id, type, id);
    }
    for (const { type, from, to } of edges) {
      const columns = 'id, edge_type, from_node, to_node, created_at, updated_at';
      const id = `${from} ${type} ${to}`;
      change(target, `INSERT INTO kg_edges(${columns}) VALUES (?, ?, ?, ?, 'then', 'then')`, id, type, from, to);
    }
  },
};

function change(target: string, sql: string, ...values: readonly string[]): void {
  const db = new Database(target, { fileMustExist: true });
  try {
    db.pragma('foreign_keys = OFF');
    db.prepare<string[]>(sql).run(...values);
  } finally {
    db.close();
  }
}
