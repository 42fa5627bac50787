import { resolve } from 'node:path';
import type { GraphDatabase } from '../model/graph-database.ts';
import { SqliteDatabase } from '../sqlite/database/sqlite-database.ts';
import { refuseUrl } from './check-paths.ts';

/** Where the graph of a target is kept. Nothing is looked at yet; it is to be closed in the end. */
export async function openDatabase(target: string): Promise<GraphDatabase> {
  refuseUrl(target);
  return new SqliteDatabase(resolve(target));
}
